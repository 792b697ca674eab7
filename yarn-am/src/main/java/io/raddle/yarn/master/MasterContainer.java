package io.raddle.yarn.master;

import io.raddle.yarn.launch.MapIdPrefix;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * The container that this process is: YARN tells it in the environment. {@code host} is what its NodeManager advertises,
 * {@code attempt} counts from 1. Reads the id by itself, because YARN's own classes take long to load.
 */
record MasterContainer(long clusterTimestamp, int applicationNumber, int attempt, String host) {
    private static final Pattern ID = Pattern.compile("container_(?:e\\d+_)?(\\d+)_(\\d+)_(\\d+)_\\d+");

    /** Reads the environment that a NodeManager makes. */
    static MasterContainer of(Map<String, String> environment) {
        Matcher id = ID.matcher(environment.getOrDefault("CONTAINER_ID", ""));
        String host = environment.getOrDefault("NM_HOST", "");
        if (!id.matches() || host.isEmpty()) {
            throw new IllegalStateException("only a NodeManager starts an application master");
        }
        return new MasterContainer(
                Long.parseLong(id.group(1)), Integer.parseInt(id.group(2)), Integer.parseInt(id.group(3)), host);
    }

    ApplicationId application() {
        return ApplicationId.newInstance(clusterTimestamp, applicationNumber);
    }

    /** What the map ids of a driver in this container begin with. */
    String mapIdPrefix() {
        return MapIdPrefix.of(clusterTimestamp, applicationNumber, attempt);
    }
}
