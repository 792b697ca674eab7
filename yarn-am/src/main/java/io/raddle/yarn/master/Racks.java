package io.raddle.yarn.master;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
    private final Supplier<Configuration> configuration;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Racks(Supplier<Configuration> configuration) {
        this.configuration = configuration;
    }

    @Override
    public String apply(String host) {
        return known.computeIfAbsent(host, this::resolve);
    }

    private String resolve(String host) {
        Configuration hadoop = configuration.get();
        return names(hadoop, CommonConfigurationKeysPublic.NET_TOPOLOGY_SCRIPT_FILE_NAME_KEY)
                        || names(hadoop, CommonConfigurationKeysPublic.NET_TOPOLOGY_TABLE_MAPPING_FILE_KEY)
                ? RackResolver.resolve(hadoop, host).getNetworkLocation()
                : NetworkTopology.DEFAULT_RACK;
    }

    private static boolean names(Configuration hadoop, String key) {
        return !hadoop.get(key, "").isEmpty();
    }
}
