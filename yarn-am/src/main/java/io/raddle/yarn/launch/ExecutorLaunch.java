package io.raddle.yarn.launch;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.memory.ContainerMemory;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.EndpointAddress;
import io.raddle.proto.Resource;
import io.raddle.wire.Secret;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.yarn.api.records.ApplicationAccessType;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.LocalResource;

/** Makes the launch contexts of one application's executors. Immutable; what all executors share is made once. */
public final class ExecutorLaunch {
    private static final String MAIN_CLASS = "io.raddle.executor.ExecutorMain";

    private final ApplicationSpec spec;
    private final EndpointAddress endpoint;
    private final JavaCommand command;
    private final String ports;
    private final Map<String, LocalResource> resources;
    private final Map<String, String> environment;
    private final Map<ApplicationAccessType, String> access;
    private final ByteBuffer tokens;
    private final ByteBuffer shuffleToken;

    /** For an application whose executors dial this endpoint; {@code access} says who may read the logs. */
    public ExecutorLaunch(
            ApplicationId application,
            ApplicationSpec spec,
            EndpointAddress endpoint,
            Credentials ofMaster,
            Secret root,
            Map<ApplicationAccessType, String> access) {
        this.spec = spec;
        this.endpoint = endpoint;
        this.command = new JavaCommand(spec, MAIN_CLASS);
        var range = Configuration.parse(spec.getConfigurationMap()).get(Keys.PORT_RANGE);
        this.ports = range.first() + "-" + range.last();
        List<Resource> all = new ArrayList<>(spec.getEngineList());
        all.addAll(spec.getResourcesList());
        this.resources = LocalResources.of(all);
        this.environment = ContainerEnvironment.of(spec);
        this.access = Map.copyOf(access);
        this.tokens = ContainerSecrets.serialized(ContainerSecrets.forExecutor(ofMaster, root));
        this.shuffleToken = ContainerSecrets.shuffleServiceData(application, root);
    }

    /** The context of one executor. A node without the shuffle service refuses one that speaks to it. */
    public ContainerLaunchContext context(ExecutorPlace place, ShuffleService service) {
        List<String> arguments = List.of(
                "--id", Integer.toString(place.id().number()),
                "--incarnation", Long.toString(place.incarnation()),
                "--endpoint", endpoint.getHost() + ":" + endpoint.getPort(),
                "--staging", spec.getStagingDirectory(),
                "--slots", Integer.toString(spec.getExecutorCores()),
                "--memory-mib", Integer.toString(place.memoryMib()),
                "--node-port", Integer.toString(place.node().port()),
                "--rack", place.rack(),
                "--ports", ports);
        ContainerMemory memory = ContainerMemory.of((long) place.memoryMib() << 20);
        String line = command.line(memory.jvmOptions(), spec.getExecutorCores(), place.memoryMib(), arguments);
        return ContainerLaunchContext.newInstance(
                resources,
                environment,
                List.of(line),
                service == ShuffleService.PRESENT
                        ? Map.of(ContainerSecrets.SHUFFLE_SERVICE, shuffleToken.duplicate())
                        : Map.of(),
                tokens.duplicate(),
                access);
    }
}
