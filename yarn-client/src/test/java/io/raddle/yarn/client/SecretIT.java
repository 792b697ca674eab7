package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.raddle.proto.ControlGrpc;
import io.raddle.proto.StatusRequest;
import io.raddle.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who comes to a running application without its secret, or with a wrong one, is turned away, noted and counted. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class SecretIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** The cluster answers first. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    java.nio.file.Path directory;

    @Test
    void turnsAwayWhoHasNoSecretOrAWrongOne(RealCluster.Address cluster) throws Exception {
        SubmitProcess owner = new SubmitProcess(directory).on(cluster).as("owner");
        String id = owner.run(Small.with(java.util.List.of("--detach"), Small.options(sleeper())))
                .out()
                .strip();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> owner.run("--logs", id).out().contains("asleep"));
        Path secret = new Path("/user/owner/.raddle/staging/" + id + "/control");
        FileSystem files = ClusterState.of(cluster).files();
        byte[] right;
        try (var in = files.open(secret)) {
            right = in.readAllBytes();
        }

        write(files, secret, Secret.random().bytes());
        refused(owner.run("--logs", id), "The application refused our secret.", "Only the user who submitted it");
        turnedAway(
                ExitCode.NOT_FOLLOWED,
                owner.run("--attach", id),
                "The application refused our secret.",
                "Only the user who submitted it");
        toldByTheResourceManager(owner.run("--status", id), "The application refused our secret.");

        files.delete(secret, false);
        refused(owner.run("--logs", id), "has not begun or is not yours", "Try again when yarn-submit --status");
        toldByTheResourceManager(owner.run("--status", id), "the secret of this application cannot be read by you");
        StatusRuntimeException bare = withoutSecret(ClusterState.of(cluster).report(id));
        assertThat(bare.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);

        write(files, secret, right);
        SubmitProcess.Result status = owner.run("--status", id);
        // Attaching follows two logs beside the status, so as many as three of its calls may have been made.
        assertThat(status.out()).containsPattern("Refused:  [4-6] calls without the right secret");
        assertThat(owner.run("--logs", id).err())
                .contains("Refused raddle.v1.Control/TailLog from /", ": a wrong application secret")
                .contains("Refused raddle.v1.Control/Status from /", ": no application secret");

        assertThat(owner.run("--kill", id).exitCode()).isZero();
        Leftovers.none(cluster, "owner", directory);
    }

    private String sleeper() throws IOException {
        return Files.writeString(directory.resolve("Sleeper.java"), """
                public class Sleeper {
                    public static void main(String[] words) throws Exception {
                        System.out.println("asleep");
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                }
                """).toString();
    }

    private static void write(FileSystem files, Path file, byte[] content) throws IOException {
        try (var out = files.create(file, true)) {
            out.write(content);
        }
        files.setOwner(file, "owner", null);
    }

    private static void refused(SubmitProcess.Result result, String... parts) {
        turnedAway(ExitCode.NOT_SUBMITTED, result, parts);
    }

    private static void turnedAway(int exitCode, SubmitProcess.Result result, String... parts) {
        assertThat(result.err())
                .contains("yarn-submit: ")
                .contains(parts)
                .doesNotContain("\tat ", "UNAUTHENTICATED", "Exception");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.wall()).isLessThan(BusyMachine.stretch(SOON));
    }

    /** Without the secret the state is still shown, and it is said that more cannot be. */
    private static void toldByTheResourceManager(SubmitProcess.Result result, String why) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains(why).doesNotContain("\tat ", "Exception");
        assertThat(result.out()).contains("State:    RUNNING").doesNotContain("Running:  ");
    }

    private static StatusRuntimeException withoutSecret(ApplicationReport report) {
        ManagedChannel bare = NettyChannelBuilder.forAddress(report.getHost(), report.getRpcPort())
                .usePlaintext()
                .build();
        try {
            return catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> ControlGrpc.newBlockingStub(bare).status(StatusRequest.getDefaultInstance()));
        } finally {
            bare.shutdownNow();
        }
    }
}
