package io.raddle.yarn.launch;

import io.raddle.memory.ContainerMemory;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.Resource;
import io.raddle.wire.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.yarn.api.records.ApplicationAccessType;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;

/** Makes the launch context of the application master; the client submits it. */
public final class MasterLaunch {
    /** Link of the serialized {@link ApplicationSpec} in the master's working directory. */
    public static final String SPEC_LINK = "application.pb";

    /** Where the JVM notes the classes that it loads while there is no class-data archive at all. */
    public static final String CLASSES_FILE = "master.classes";

    private static final String MAIN_CLASS = "io.raddle.yarn.master.ApplicationMasterMain";

    private MasterLaunch() {}

    /**
     * The context of the master of this application.
     *
     * @param own what only the master gets: the specification under {@link #SPEC_LINK} and the jars under their paths
     * @param memoryMib the container as the ResourceManager will grant it
     * @param tokens delegation tokens; empty where security is off
     * @param access who may see and end the application
     */
    public static ContainerLaunchContext context(
            ApplicationSpec spec,
            List<Resource> own,
            int memoryMib,
            Credentials tokens,
            Secret root,
            Map<ApplicationAccessType, String> access) {
        List<Resource> resources = new ArrayList<>(spec.getEngineList());
        resources.addAll(own);
        resources.addAll(spec.getResourcesList());
        List<String> options =
                new ArrayList<>(ContainerMemory.of((long) memoryMib << 20).jvmOptions());
        if (JavaCommand.classDataLink(spec).isEmpty()) {
            options.add("-XX:DumpLoadedClassList=" + CLASSES_FILE);
        }
        String line = new JavaCommand(spec, MAIN_CLASS).line(options, spec.getDriverCores(), memoryMib, List.of());
        return ContainerLaunchContext.newInstance(
                LocalResources.of(resources),
                ContainerEnvironment.of(spec),
                List.of(line),
                // A cluster without the shuffle service would refuse the master for naming it here.
                Map.of(),
                ContainerSecrets.serialized(ContainerSecrets.forMaster(tokens, root)),
                access);
    }
}
