package io.raddle.yarn.master;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.driver.DriverHost;
import io.raddle.driver.ExecutorRange;
import io.raddle.driver.HostSettings;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationSpec;
import io.raddle.relay.RelayHost;
import io.raddle.relay.RelaySettings;
import io.raddle.wire.Protocol;
import io.raddle.wire.Secret;
import io.raddle.wire.Sha256;
import io.raddle.yarn.launch.ContainerLogs;
import io.raddle.yarn.launch.ContainerSecrets;
import io.raddle.yarn.launch.MasterLaunch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.apache.hadoop.security.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that YARN starts first for an application: puts the parts of a {@link Master} together and runs it. */
public final class ApplicationMasterMain {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationMasterMain.class);
    /** Held here, for java.util.logging forgets the level of a logger that nobody holds. */
    private static final java.util.logging.Logger GRPC = java.util.logging.Logger.getLogger("io.grpc");

    /** An executor that ends in the middle of a message is told of as lost; these words add only a stack. */
    private static final java.util.logging.Logger STREAMS =
            java.util.logging.Logger.getLogger("io.grpc.netty.NettyServerHandler");

    private static final String TOKEN_FILE = "HADOOP_TOKEN_FILE_LOCATION";

    /** Executors of a later attempt never share a number with those of an earlier one. */
    private static final int NUMBERS_PER_ATTEMPT = 10_000;

    private ApplicationMasterMain() {}

    /** Takes no arguments: all it needs stands in its working directory and in its credentials. */
    public static void main(String[] args) {
        int code = 1;
        GRPC.setLevel(Level.WARNING);
        STREAMS.setLevel(Level.SEVERE);
        try {
            code = run().exitCode();
        } catch (Throwable e) {
            LOG.error("The application master failed", e);
        }
        System.err.flush();
        // Nothing that is still open matters any more, and closing it would keep the container.
        Runtime.getRuntime().halt(code);
    }

    private static Ending run() throws IOException, InterruptedException {
        MasterContainer me = MasterContainer.of(System.getenv());
        ApplicationSpec spec;
        try {
            spec = SpecFile.read(Path.of(MasterLaunch.SPEC_LINK));
        } catch (RaddleException e) {
            // No attempt could read it, and where the application's files are stands in it.
            return new EarlyEnd(me, me.attempt(), () -> SpecFile.resourceManager(System.getenv()), () -> {}).tell(e);
        }
        Secret root = secret();
        Daemons daemons = new Daemons(me, spec, root, Configuration.hadoop(spec.getConfigurationMap()));
        daemons.dial();
        Staging staging = new Staging(spec.getStagingDirectory(), daemons::configuration);
        Master master;
        try {
            master = master(me, spec, root, daemons, staging);
        } catch (RuntimeException e) {
            return new EarlyEnd(me, spec.getMaxAttempts(), daemons::resourceManager, staging::remove).tell(e);
        }
        Ending ending = master.run();
        // A master that only relays has loaded too little to be worth it.
        if (ending.exitCode() == 0
                && !spec.getDriverElsewhere()
                && !spec.getClassDataPrefix().isEmpty()) {
            new ClassData(spec, daemons.configuration()).make();
        }
        return ending;
    }

    private static Master master(
            MasterContainer me, ApplicationSpec spec, Secret root, Daemons daemons, Staging staging) {
        checkProtocol(spec);
        Configuration configuration = Configuration.parse(spec.getConfigurationMap());
        Watching watching = new Watching(me, spec.getName(), configuration.get(Keys.PORT_RANGE));
        YarnCluster cluster =
                new YarnCluster(terms(me, spec, configuration, new Racks(daemons::configuration)), daemons, watching);
        Driving driver = spec.getDriverElsewhere()
                ? relayed(me, configuration, root, cluster, watching)
                : hosted(me, spec, configuration, root, cluster, watching);
        return new Master(me, spec, driver, cluster, staging);
    }

    private static Driving hosted(
            MasterContainer me,
            ApplicationSpec spec,
            Configuration configuration,
            Secret root,
            YarnCluster cluster,
            Watching watching) {
        DriverHost host = DriverHost.start(settings(me, spec, configuration, root), cluster);
        host.install();
        watching.observe(host.application());
        UserProgram program = new UserProgram(jars(spec), spec.getMainClass(), spec.getArgumentsList(), System.err);
        return new HostedDriver(host, program, !spec.getDetached());
    }

    private static Driving relayed(
            MasterContainer me, Configuration configuration, Secret root, YarnCluster cluster, Watching watching) {
        RelaySettings settings = new RelaySettings(
                endpoint(configuration, root, Optional.empty(), Optional.empty()),
                root.derive(Secret.DRIVER),
                configuration.get(Keys.DRIVER_LEASE),
                me.attempt());
        RelayHost host = RelayHost.start(settings, cluster);
        watching.observe(host.application(), host::attachedContainers);
        return new RelayedDriver(host);
    }

    /** Another version of the client means other things by the same words. */
    static void checkProtocol(ApplicationSpec spec) {
        if (spec.getProtocolVersion() != Protocol.VERSION) {
            throw new RaddleException(new Cause.InvalidInput(
                    "yarn-submit speaks protocol " + spec.getProtocolVersion()
                            + " and the engine in the cluster speaks " + Protocol.VERSION + ".",
                    "Submit with the yarn-submit that came with the engine; both must come from one build."));
        }
    }

    private static Secret secret() throws IOException {
        String file = System.getenv(TOKEN_FILE);
        if (file == null) {
            throw new IllegalStateException("only a NodeManager starts an application master");
        }
        Credentials credentials = Credentials.readTokenStorageFile(
                Path.of(file).toFile(), new org.apache.hadoop.conf.Configuration(false));
        return ContainerSecrets.root(credentials)
                .orElseThrow(() -> new IllegalStateException("the client sent no secret along"));
    }

    static ClusterTerms terms(MasterContainer me, ApplicationSpec spec, Configuration configuration, Racks racks) {
        return new ClusterTerms(
                me.host(),
                ExecutorRange.of(spec.getExecutors(), configuration).first(),
                spec.getExecutorMemoryMib(),
                spec.getExecutorCores(),
                (me.attempt() - 1) * NUMBERS_PER_ATTEMPT,
                configuration.get(Keys.LAUNCH_DEADLINE),
                configuration.get(Keys.YARN_ALLOCATE_INTERVAL),
                racks);
    }

    private static HostSettings settings(
            MasterContainer me, ApplicationSpec spec, Configuration configuration, Secret root) {
        EndpointSettings endpoint =
                endpoint(configuration, root, ContainerLogs.standardOutput(), ContainerLogs.standardError());
        return new HostSettings(
                spec.getName(),
                me.attempt(),
                me.mapIdPrefix(),
                spec.getExecutors(),
                spec.getExecutorCores(),
                configuration,
                spec.getHadoopConfiguration(),
                jars(spec),
                endpoint);
    }

    private static EndpointSettings endpoint(
            Configuration configuration, Secret root, Optional<Path> standardOutput, Optional<Path> standardError) {
        return new EndpointSettings(
                root.derive(Secret.EXECUTOR),
                root.derive(Secret.CONTROL),
                Optional.of(configuration.get(Keys.PORT_RANGE)),
                Path.of("endpoint").toAbsolutePath(),
                configuration.get(Keys.ARTIFACTS_MAX),
                standardOutput,
                standardError);
    }

    private static List<Path> jars(ApplicationSpec spec) {
        return spec.getJarsList().stream()
                .map(jar -> Path.of("jars", Sha256.ofDigest(jar.getSha256()) + ".jar")
                        .toAbsolutePath())
                .toList();
    }
}
