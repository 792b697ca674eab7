package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The ResourceManager takes an application, and its answer never comes. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class LostAnswerIT {
    private static final String SUBMIT = "submitApplication";

    @TempDir
    Path directory;

    @Test
    void followsAnApplicationThatTheResourceManagerHasThoughItsAnswerWasLost(RealCluster.Address cluster)
            throws Exception {
        try (CuttingRelay relay = CuttingRelay.before(address(cluster), SUBMIT, CuttingRelay.Afterwards.SERVE)) {
            SubmitProcess.Result result = submit(cluster, "answerless", relay);

            assertThat(relay.cuts()).isPositive();
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).isEqualTo("it ran\n");
            assertThat(result.err()).contains(" submitted", " SUCCEEDED in ").doesNotContain("\tat ");
            Leftovers.none(cluster, "answerless", directory);
        }
    }

    @Test
    void tellsOfAnApplicationThatEndedBeforeTheResourceManagerCouldBeAsked(RealCluster.Address cluster)
            throws Exception {
        ClusterState state = ClusterState.of(cluster);
        try (CuttingRelay relay = CuttingRelay.before(
                address(cluster), SUBMIT, CuttingRelay.Afterwards.SERVE, () -> awaitEnd(state, "belated"))) {
            SubmitProcess.Result result = submit(cluster, "belated", relay);

            assertThat(relay.cuts()).isPositive();
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).contains(" submitted", " SUCCEEDED");
        }
    }

    @Test
    void saysThatNobodyKnowsWhenTheResourceManagerStaysAway(RealCluster.Address cluster) throws Exception {
        try (CuttingRelay relay = CuttingRelay.before(address(cluster), SUBMIT, CuttingRelay.Afterwards.REFUSE)) {
            SubmitProcess.Result result = submit(cluster, "forsaken", relay);

            assertThat(relay.cuts()).isPositive();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.NOT_SUBMITTED);
            String id = result.application().orElseThrow();
            assertThat(result.err())
                    .startsWith("yarn-submit: It is not known whether the ResourceManager took " + id + ".")
                    .contains("yarn-submit --kill " + id)
                    .doesNotContain("\tat ", "Exception");
            Leftovers.none(cluster, "forsaken", directory);
        }
    }

    private SubmitProcess.Result submit(RealCluster.Address cluster, String user, CuttingRelay relay) throws Exception {
        Path source = Files.writeString(
                directory.resolve("Idle.java"),
                "public class Idle { public static void main(String[] words) { System.out.println(\"it ran\"); } }");
        return new SubmitProcess(directory)
                .on(cluster)
                .as(user)
                .run(Small.with(
                        List.of("--conf", "raddle.hadoop.yarn.resourcemanager.address=localhost:" + relay.port()),
                        Small.options(source.toString())));
    }

    private static void awaitEnd(ClusterState state, String user) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> state.alive(user).isEmpty());
    }

    private static String address(RealCluster.Address cluster) {
        return ClusterState.of(cluster).configuration().forClient().get("yarn.resourcemanager.address");
    }
}
