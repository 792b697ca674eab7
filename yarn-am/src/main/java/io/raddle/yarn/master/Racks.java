package io.raddle.yarn.master;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.net.NetworkTopology;
import org.apache.hadoop.yarn.util.RackResolver;

/**
 * The racks of hosts, as Hadoop's configuration maps them; a cluster without a map is one rack, and nothing is loaded to
 * know that. Thread-safe.
 */
final class Racks implements UnaryOperator<String> {
    private final Configuration configuration;
    private final boolean mapped;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Racks(Configuration configuration) {
        this.configuration = configuration;
        this.mapped = !configuration
                        .get(CommonConfigurationKeysPublic.NET_TOPOLOGY_SCRIPT_FILE_NAME_KEY, "")
                        .isEmpty()
                || !configuration
                        .get(CommonConfigurationKeysPublic.NET_TOPOLOGY_TABLE_MAPPING_FILE_KEY, "")
                        .isEmpty();
    }

    @Override
    public String apply(String host) {
        return mapped ? known.computeIfAbsent(host, this::resolve) : NetworkTopology.DEFAULT_RACK;
    }

    private String resolve(String host) {
        return RackResolver.resolve(configuration, host).getNetworkLocation();
    }
}
