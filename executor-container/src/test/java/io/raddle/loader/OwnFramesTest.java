package io.raddle.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OwnFramesTest {
    private static final StackTraceElement MAIN = frame("org.example.Program", "main");
    private static final StackTraceElement[] FRAMES = {
        frame("java.util.ArrayList", "get"),
        MAIN,
        frame("jdk.internal.reflect.NativeMethodAccessorImpl", "invoke0"),
        frame("java.lang.reflect.Method", "invoke"),
        frame("io.raddle.yarn.master.UserProgram$$Lambda$17", "run"),
        frame("java.lang.Thread", "run")
    };

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "Source.java", 1);
    }

    private static <T extends Throwable> T thrownInMain(T thrown) {
        thrown.setStackTrace(FRAMES);
        return thrown;
    }

    @Test
    void leavesTheProgramsFramesOfAllThatIsPrinted() {
        Throwable suppressed = thrownInMain(new IOException("closing"));
        Throwable cause = thrownInMain(new OutOfMemoryError("space"));
        Throwable thrown = thrownInMain(new IllegalStateException(cause));
        cause.addSuppressed(suppressed);
        suppressed.addSuppressed(thrown);

        OwnFrames.drop(thrown);

        for (Throwable each : new Throwable[] {thrown, cause, suppressed}) {
            assertThat(each.getStackTrace()).containsExactly(FRAMES[0], MAIN);
        }
    }

    @Test
    void leavesWhatIsOfOursAlone() {
        Throwable thrown = new IllegalStateException();
        thrown.setStackTrace(new StackTraceElement[] {FRAMES[4], FRAMES[5]});

        OwnFrames.drop(thrown);

        assertThat(thrown.getStackTrace()).containsExactly(FRAMES[4], FRAMES[5]);
    }
}
