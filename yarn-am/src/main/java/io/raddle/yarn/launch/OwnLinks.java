package io.raddle.yarn.launch;

import java.util.Set;

/** Names in a container's working directory that are ours or the NodeManager's, so that no file of a user may bear them. */
public final class OwnLinks {
    /** The JDK that travels with an application. */
    public static final String JDK = "jdk";

    /** The class-data archive of the engine. */
    public static final String CLASS_DATA = "raddle.jsa";

    private static final Set<String> NAMES = Set.of(
            "engine",
            JDK,
            CLASS_DATA,
            MasterLaunch.SPEC_LINK,
            MasterLaunch.CLASSES_FILE,
            "jars",
            "endpoint",
            "artifacts",
            "rehearsal",
            "rehearsal.classes",
            "all.classes",
            "made.jsa",
            "tmp",
            "container_tokens",
            "launch_container.sh",
            "default_container_executor.sh",
            "default_container_executor_session.sh");

    private OwnLinks() {}

    /** Whether a file of a user would hide one of ours, or be hidden by it. */
    public static boolean contain(String name) {
        return NAMES.contains(name);
    }
}
