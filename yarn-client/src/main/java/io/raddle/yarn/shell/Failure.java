package io.raddle.yarn.shell;

import io.raddle.fault.RaddleException;
import io.raddle.loader.OwnFrames;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletionException;

/** What a person reads of a line that failed. Stateless. */
final class Failure {
    private static final int FRAMES = 12;

    private Failure() {}

    /** One sentence of what happened and one of what to do where it is known, else the exception; {@code whole} tells all. */
    static String text(Throwable thrown, boolean whole) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (whole) {
            return stack(cause);
        }
        if (cause instanceof RaddleException known) {
            String stack = known.fault().stack();
            return (stack.isBlank() ? "" : stack.stripTrailing() + "\n")
                    + known.fault().sentences();
        }
        OwnFrames.drop(cause);
        StringBuilder text = new StringBuilder(cause.toString());
        StackTraceElement[] frames = cause.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, FRAMES) && !isOurs(frames[i]); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text.toString();
    }

    /** Below the line there is only what called it. */
    private static boolean isOurs(StackTraceElement frame) {
        return frame.getClassName().startsWith("jdk.internal.reflect.")
                || frame.getClassName().startsWith("io.raddle.yarn.shell.");
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }
}
