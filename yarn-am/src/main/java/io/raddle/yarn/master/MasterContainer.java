package io.raddle.yarn.master;

import java.util.Map;
import org.apache.hadoop.yarn.api.ApplicationConstants.Environment;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;

/** The container that this process is: YARN tells it in the environment. {@code host} is what its NodeManager advertises. */
record MasterContainer(ContainerId id, String host) {
    /** Reads the environment that a NodeManager makes. */
    static MasterContainer of(Map<String, String> environment) {
        String id = environment.get(Environment.CONTAINER_ID.name());
        String host = environment.get(Environment.NM_HOST.name());
        if (id == null || host == null) {
            throw new IllegalStateException("only a NodeManager starts an application master");
        }
        return new MasterContainer(ContainerId.fromString(id), host);
    }

    ApplicationId application() {
        return id.getApplicationAttemptId().getApplicationId();
    }

    /** The number of this attempt, from 1. */
    int attempt() {
        return id.getApplicationAttemptId().getAttemptId();
    }

    /** Cluster timestamp, application and attempt in base 36: no other driver of any cluster has the same. */
    String mapIdPrefix() {
        return Long.toString(application().getClusterTimestamp(), Character.MAX_RADIX) + "-"
                + Integer.toString(application().getId(), Character.MAX_RADIX) + "-"
                + Integer.toString(attempt(), Character.MAX_RADIX);
    }
}
