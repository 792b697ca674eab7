package io.raddle.yarn.launch;

import io.raddle.proto.ApplicationSpec;
import java.util.Map;

/** The environment variables of our containers; nothing secret stands in them. */
final class ContainerEnvironment {
    private ContainerEnvironment() {}

    static Map<String, String> of(ApplicationSpec spec) {
        return Map.of(
                // Where security is off, Hadoop's clients believe this name: files are the submitter's.
                "HADOOP_USER_NAME",
                spec.getUser(),
                // glibc otherwise keeps up to eight arenas of 64 MiB per core, none of which the JVM counts.
                "MALLOC_ARENA_MAX",
                "2");
    }
}
