package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.raddle.config.Configuration;
import io.raddle.driver.DriverHost;
import io.raddle.driver.HostSettings;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterTest {
    private static final MasterContainer ME = new MasterContainer(1, 1, 1, "master-host");

    @TempDir
    private Path directory;

    private final FakeResourceManager manager = new FakeResourceManager();
    private YarnCluster cluster;
    private DriverHost host;
    private Path staging;

    @BeforeEach
    void start() throws IOException {
        manager.holdRegistration();
        ClusterTerms terms = new ClusterTerms(
                "master-host", 1, 1024, 1, 0, Duration.ofMinutes(1), Duration.ofMillis(20), any -> "/default-rack");
        cluster = new YarnCluster(terms, new FakeYarn(manager), new NobodyAttached());
        Secret secret = Secret.random();
        EndpointSettings endpoint = new EndpointSettings(
                secret,
                secret,
                Optional.of(PortRange.ANY),
                directory.resolve("endpoint"),
                1 << 20,
                Optional.empty(),
                Optional.empty());
        host = DriverHost.start(
                new HostSettings(
                        "test", 1, "1-1-1", 1, 1, Configuration.defaults(), ByteString.EMPTY, List.of(), endpoint),
                cluster);
        staging = Files.createDirectory(directory.resolve("staging"));
    }

    @AfterEach
    void stop() {
        manager.register();
        host.close();
    }

    @Test
    void succeedsInYarnThoughItsProgramEndsBeforeItIsRegistered() throws Exception {
        FutureTask<Ending> run = new FutureTask<>(master(emptyMain())::run);
        new Thread(run).start();
        await().until(() -> host.application().status().getState() == State.SUCCEEDED);

        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(30)).until(() -> !run.isDone());
        manager.register();

        assertThat(run.get(30, TimeUnit.SECONDS)).isEqualTo(Ending.succeeded());
        assertThat(manager.finished()).containsExactly("SUCCEEDED [exit code 0]");
        assertThat(staging).doesNotExist();
    }

    private Master master(UserProgram program) {
        ApplicationSpec spec = ApplicationSpec.newBuilder()
                .setDetached(true)
                .setMaxAttempts(1)
                .setStagingDirectory(staging.toUri().toString())
                .build();
        Staging files = new Staging(spec.getStagingDirectory(), org.apache.hadoop.conf.Configuration::new);
        return new Master(ME, spec, new HostedDriver(host, program, false), cluster, files);
    }

    private UserProgram emptyMain() throws IOException {
        Path source = Files.writeString(
                directory.resolve("Program.java"),
                "public class Program { public static void main(String[] arguments) {} }");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        return new UserProgram(List.of(directory), "Program", List.of(), System.err);
    }

    private static final class NobodyAttached implements Observed {
        @Override
        public String trackingUrl() {
            return "";
        }

        @Override
        public Set<String> attachedContainers() {
            return Set.of();
        }
    }
}
