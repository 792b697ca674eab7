package io.raddle.yarn.launch;

import io.raddle.proto.ApplicationSpec;
import java.util.Map;

/** The environment variables of our containers; nothing secret stands in them. */
final class ContainerEnvironment {
    private ContainerEnvironment() {}

    static Map<String, String> of(ApplicationSpec spec) {
        // Where security is off, Hadoop's clients believe this name: files are the submitter's.
        return Map.of("HADOOP_USER_NAME", spec.getUser());
    }
}
