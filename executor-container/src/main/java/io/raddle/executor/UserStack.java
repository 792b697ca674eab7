package io.raddle.executor;

import io.raddle.fault.Cause;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Stack traces as a user wants to read them: without the frames of the engine beneath the user's own. */
final class UserStack {
    private static final int MAX_CHARACTERS = 16 << 10;
    private static final String ENGINE = "io.raddle.";
    private static final String FUNCTIONS = "io.raddle.function.";
    /** Where functions of the user are called; above stand the classes of the API, which have no package below. */
    private static final List<String> CALLERS = List.of("io.raddle.pipeline.", "io.raddle.shuffle.User");

    private UserStack() {}

    static Cause causeOf(Throwable thrown) {
        String message = thrown.getMessage();
        return new Cause.UserException(thrown.getClass().getName(), message == null ? "" : message, trimmed(thrown));
    }

    /** Whether the outermost code that is not the JDK's, seen from where it was thrown, is the user's. */
    static boolean startsInUserCode(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!ofJdk(frame)) {
                return !ofEngine(frame);
            }
        }
        return false;
    }

    /** Whether a line of the engine itself threw it, beneath the user's function that asked for a record. */
    static boolean thrownByEngine(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return frames.length > 0 && ofEngine(frames[0]) && !thrownByMethodReference(thrown, frames[0]);
    }

    /**
     * The JVM hides the frame between a call and the method that a method reference names, and there it is that a null
     * or a value of another class is met: {@code map(String::length)} over a null.
     */
    private static boolean thrownByMethodReference(Throwable thrown, StackTraceElement caller) {
        String name = caller.getClassName();
        return (thrown instanceof NullPointerException || thrown instanceof ClassCastException)
                && (name.indexOf('.', ENGINE.length()) < 0 || CALLERS.stream().anyMatch(name::startsWith));
    }

    static String whole(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return cut(text.toString());
    }

    private static String trimmed(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        String before = "";
        for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
            text.append(before).append(each).append('\n');
            appendFrames(each.getStackTrace(), text);
            before = "Caused by: ";
            if (text.length() > MAX_CHARACTERS) {
                break;
            }
        }
        return cut(text.toString());
    }

    private static void appendFrames(StackTraceElement[] frames, StringBuilder text) {
        int last = frames.length - 1;
        // Beneath the user's last frame stand only threads and the engine.
        while (last >= 0 && (ofEngine(frames[last]) || ofJdk(frames[last]))) {
            last--;
        }
        int end = last < 0 ? firstOfEngine(frames) : last + 1;
        for (int at = 0; at < end && text.length() <= MAX_CHARACTERS; at++) {
            if (!ofEngine(frames[at])) {
                text.append("\tat ").append(frames[at]).append('\n');
            }
        }
    }

    private static int firstOfEngine(StackTraceElement[] frames) {
        int at = 0;
        while (at < frames.length && !ofEngine(frames[at])) {
            at++;
        }
        return at;
    }

    private static boolean ofEngine(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith(ENGINE) && !name.startsWith(FUNCTIONS);
    }

    private static boolean ofJdk(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }

    private static String cut(String text) {
        String end = text.stripTrailing();
        return end.length() <= MAX_CHARACTERS ? end : end.substring(0, MAX_CHARACTERS);
    }
}
