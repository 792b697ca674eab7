package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.ExecutorStatus;
import io.raddle.proto.StageProgress;
import io.raddle.wire.PortRange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final ApplicationStatus STATUS = ApplicationStatus.newBuilder()
            .setState(State.RUNNING)
            .setElapsedMillis(75_500)
            .setJobsDone(1)
            .setJobsRunning(2)
            .setTasksDone(30)
            .setTasksKnown(100)
            .addWaiting("1 executor is missing <now>.")
            .addStages(StageProgress.newBuilder()
                    .setStage(4)
                    .setStageAttempt(1)
                    .setName("map at <Evil & \"Co\">.java:14")
                    .setTasks(70)
                    .setDone(30)
                    .setRunning(2)
                    .setFailed(1))
            .addExecutors(ExecutorStatus.newBuilder()
                    .setExecutor(7)
                    .setNode("worker-1:8041")
                    .setContainer("container_1")
                    .setSlots(2)
                    .setRunning(1)
                    .setAttached(true)
                    .setResidentBytes(300L << 20))
            .build();

    @Test
    void showsStateStagesAndExecutors() {
        String page = StatusPage.render("word count", "application_1_0001", STATUS);

        assertThat(page)
                .contains(
                        "application_1_0001: <b>RUNNING</b>, 1 min 15 s, jobs 1 done and 2 running, tasks 30 of 100 done")
                .contains("<td class=\"n\">4<td", "30 of 70", "<progress max=\"70\" value=\"30\">")
                .contains("worker-1:8041", "container_1", "1 of 2", "300 MiB");
    }

    @Test
    void saysThatAStageRunsAgainAndThatCallsWereRefused() {
        ApplicationStatus second = STATUS.toBuilder()
                .setStages(0, STATUS.getStages(0).toBuilder().setStageAttempt(2))
                .setRefusedCalls(3)
                .build();

        assertThat(StatusPage.render("word count", "application_1_0001", second))
                .contains("4 (attempt 2)", "Refused 3 calls without the right secret.");
        assertThat(StatusPage.render("word count", "application_1_0001", STATUS))
                .doesNotContain("attempt", "Refused");
    }

    @Test
    void escapesWhatUsersNamed() {
        String page = StatusPage.render("<script>alert('x')</script>", "application_1_0001", STATUS);

        assertThat(page).doesNotContain("<script>", "<Evil", "<now>").contains("&lt;Evil &amp; &quot;Co&quot;&gt;");
    }

    @Test
    void linksToNothingSoThatTheWebProxyChangesNothing() {
        assertThat(StatusPage.render("x", "y", STATUS)).doesNotContain("href", "src=", "action=");
    }

    @Test
    void saysWhyAnApplicationFailed() {
        ApplicationStatus failed = STATUS.toBuilder()
                .setState(State.FAILED)
                .setCause(CauseCodec.encode(new Cause.UserExit(3)))
                .build();

        assertThat(StatusPage.render("x", "y", failed)).contains("User code called System.exit(3).");
    }

    @Test
    void isServedUnderEveryPathAndTakesNoOrders() throws IOException, InterruptedException {
        try (StatusServer server = StatusServer.listen(PortRange.ANY, () -> "<p>page</p>")) {
            assertThat(send(server, "/proxy/application_1/", "GET").body()).isEqualTo("<p>page</p>");
            assertThat(send(server, "/", "HEAD").statusCode()).isEqualTo(200);
            assertThat(send(server, "/", "POST").statusCode()).isEqualTo(405);
        }
    }

    private static HttpResponse<String> send(StatusServer server, String path, String method)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
