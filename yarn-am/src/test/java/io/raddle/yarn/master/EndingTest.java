package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationStatus.State;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.Test;

class EndingTest {
    @Test
    void carriesTheExitCodeOfTheProgram() {
        Ending ending = Ending.exited(3);

        assertThat(ending.forYarn()).isEqualTo(FinalApplicationStatus.FAILED);
        assertThat(ending.diagnostics())
                .startsWith("User code called System.exit(3).")
                .endsWith("\n[exit code 3]");
    }

    @Test
    void takesAnExitWithZeroForSuccess() {
        assertThat(Ending.exited(0)).isEqualTo(Ending.succeeded());
        assertThat(Ending.succeeded().diagnostics()).isEqualTo("[exit code 0]");
    }

    @Test
    void showsWhatTheProgramThrewAndWhere() {
        Ending ending = Ending.threw(new IllegalStateException("no sheep"), 0);

        assertThat(ending.state()).isEqualTo(State.FAILED);
        assertThat(ending.exitCode()).isEqualTo(1);
        assertThat(ending.diagnostics())
                .startsWith("User code threw java.lang.IllegalStateException: no sheep")
                .contains("at " + EndingTest.class.getName())
                .endsWith("\n[exit code 1]");
    }

    @Test
    void showsTheStackOfTheTaskThatFailed() {
        Cause user =
                new Cause.UserException("java.lang.ArithmeticException", "/ by zero", "the stack\n\tat Fail.java:2");

        assertThat(Ending.failed(new Cause.TaskFailed(0, 1, 4, user)).diagnostics())
                .contains("Task 1 of stage 0 failed 4 times", "\n\tat Fail.java:2\n")
                .endsWith("\n[exit code 1]");
    }

    @Test
    void keepsLongStacksShort() {
        Ending ending = Ending.threw(deep(5000), 0);

        assertThat(ending.diagnostics().lines()).hasSizeLessThan(40);
        assertThat(((Cause.UserException) ending.cause().orElseThrow()).stack()).hasSizeLessThanOrEqualTo(16 << 10);
    }

    @Test
    void passesACauseOnUnchanged() {
        Cause cause = new Cause.TaskFailed(1, 2, 4, new Cause.NodeLost("n"));

        assertThat(Ending.threw(new RaddleException(cause), 0).cause()).contains(cause);
    }

    @Test
    void callsACancelledApplicationKilled() {
        Ending ending = Ending.threw(new RaddleException(new Cause.Cancelled("alice")), 0);

        assertThat(ending.state()).isEqualTo(State.KILLED);
        assertThat(ending.forYarn()).isEqualTo(FinalApplicationStatus.KILLED);
    }

    @Test
    void namesTheLimitThatTheHeapOfTheDriverMet() {
        Ending ending = Ending.threw(new OutOfMemoryError("Java heap space"), 512L << 20);

        assertThat(ending.diagnostics()).contains("Java heap space, limit 512 MiB", "--driver-memory");
    }

    private static Throwable deep(int depth) {
        return depth == 0 ? new IllegalStateException("deep") : deep(depth - 1);
    }
}
