package io.raddle.yarn.client.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.CauseMessage;
import io.raddle.proto.ExecutorLoss;
import io.raddle.proto.StageProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressViewTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysALinePerChangeWhereThereIsNoTerminal() {
        ProgressView view = new ProgressView(console(false), Duration.ofSeconds(10));

        view.show(status(stage(0, 4, 0, 0)), 0);
        view.show(status(stage(0, 4, 1, 0)), 100);
        view.show(status(stage(0, 4, 2, 0)), 1100);
        view.show(status(stage(0, 4, 2, 1)), 1200);
        view.show(status(stage(0, 4, 4, 1)), 1300);
        view.show(status(stage(0, 4, 4, 1)), 9000);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        Stage 0 map at A.java:3: 0/4, 2 running, 1.5 s
                        Stage 0 map at A.java:3: 2/4, 2 running, 1.5 s
                        Stage 0 map at A.java:3: 2/4, 2 running, 1 failed, 1.5 s
                        Stage 0 map at A.java:3: 4/4, 1 failed, 1.5 s
                        """);
    }

    @Test
    void saysHowFarAStageCameWhenTheApplicationEndsAtOnce() {
        ProgressView view = new ProgressView(console(false), Duration.ofSeconds(10));

        view.show(status(stage(0, 4, 0, 0)), 0);
        view.show(status(stage(0, 4, 2, 0)), 100);
        view.show(
                status(stage(0, 4, 3, 0)).toBuilder()
                        .setState(ApplicationStatus.State.FAILED)
                        .build(),
                200);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        Stage 0 map at A.java:3: 0/4, 2 running, 1.5 s
                        Stage 0 map at A.java:3: 3/4, 1 running, 1.5 s
                        """);
    }

    @Test
    void keepsSayingWhyItWaits() {
        ProgressView view = new ProgressView(console(false), Duration.ofSeconds(10));

        for (long now = 0; now <= 27_000; now += 500) {
            view.wait(List.of("the queue is full"), now);
        }

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Waiting: the queue is full\n".repeat(3));
    }

    @Test
    void saysOnceThatAnExecutorWasLost() {
        ProgressView view = new ProgressView(console(false), Duration.ofSeconds(10));
        ApplicationStatus first =
                ApplicationStatus.newBuilder().addLosses(loss(1, 4)).build();

        view.show(first, 0);
        view.show(first, 100);
        view.show(first.toBuilder().addLosses(loss(2, 5)).build(), 200);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        Lost executor 4: The node n was lost. Nothing to do.
                        Lost executor 5: The node n was lost. Nothing to do.
                        """);
    }

    @Test
    void redrawsBarsBelowTheTextOnATerminal() {
        Console console = console(true);
        ProgressView view = new ProgressView(console, Duration.ofSeconds(10));

        view.show(status(stage(0, 4, 2, 0)), 0);
        console.passOut("text\n".getBytes(StandardCharsets.UTF_8));
        view.show(status(stage(0, 4, 4, 0)), 0);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("text\n");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("Stage 0 map at A.java:3 [============>           ] 2/4, 2 running  1.5 s\n"
                        + "\u001b[1A\r\u001b[2K");
    }

    @Test
    void erasesAllRowsOfALineThatIsWiderThanTheTerminal() {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Set.of(Console.Trait.TERMINAL),
                10);

        console.status(List.of("0123456789", "0123456789abcdefghijklm"));
        console.status(List.of());

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("0123456789\n0123456789\nabcdefghij\nklm\n" + "\u001b[1A\r\u001b[2K".repeat(4));
    }

    @Test
    void isPatientOnATerminalToo() {
        ProgressView view = new ProgressView(console(true), Duration.ofSeconds(10));

        view.wait(List.of("the queue is full"), 0);
        view.wait(List.of("the queue is full"), 1900);
        assertThat(err.size()).isZero();

        view.wait(List.of("the queue is full"), 2000);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Waiting: the queue is full\n");
    }

    @Test
    void gluesNothingToAnOpenLineOfTheOtherStreamInTheSamePlace() {
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console pipe = new Console(both, both, Set.of(Console.Trait.ONE_PLACE));

        pipe.passOut("half a line".getBytes(StandardCharsets.UTF_8));
        pipe.say("SUCCEEDED");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("half a line\nSUCCEEDED\n");
    }

    @Test
    void addsNoLineToAFileOfItsOwnWhereTheProgramLeftALineOpenInAnother() {
        Console console = console(false);

        console.passOut("half a line".getBytes(StandardCharsets.UTF_8));
        console.say("SUCCEEDED");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("half a line");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("SUCCEEDED\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gluesNothingToALineThatTheProgramLeftOpen(boolean terminal) {
        Console console = console(terminal);

        console.passErr("half a line".getBytes(StandardCharsets.UTF_8));
        console.status(List.of("Stage 0"));
        console.say("SUCCEEDED");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("half a line\nSUCCEEDED\n");
    }

    private Console console(boolean terminal) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal ? Set.of(Console.Trait.TERMINAL) : Set.of());
    }

    private static ApplicationStatus status(StageProgress stage) {
        return ApplicationStatus.newBuilder().addStages(stage).build();
    }

    private static ExecutorLoss loss(int number, int executor) {
        return ExecutorLoss.newBuilder()
                .setNumber(number)
                .setExecutor(executor)
                .setCause(CauseMessage.newBuilder()
                        .setHappened("The node n was lost.")
                        .setRemedy("Nothing to do."))
                .build();
    }

    private static StageProgress stage(int number, int tasks, int done, int failed) {
        return StageProgress.newBuilder()
                .setStage(number)
                .setName("map at A.java:3")
                .setTasks(tasks)
                .setDone(done)
                .setFailed(failed)
                .setRunning(Math.min(2, tasks - done))
                .setElapsedMillis(1500)
                .setComplete(done == tasks)
                .build();
    }
}
