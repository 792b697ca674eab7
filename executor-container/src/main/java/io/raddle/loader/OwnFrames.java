package io.raddle.loader;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Stack traces of a program's main, without what called it. Stateless. */
public final class OwnFrames {
    private OwnFrames() {}

    /** Drops our own frames below the program's, of {@code thrown} and of all that caused it or was suppressed for it. */
    public static void drop(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>(List.of(thrown));
        while (!left.isEmpty()) {
            Throwable each = left.pop();
            if (seen.add(each)) {
                dropOf(each);
                left.addAll(Arrays.asList(each.getSuppressed()));
                if (each.getCause() != null) {
                    left.push(each.getCause());
                }
            }
        }
    }

    private static void dropOf(Throwable each) {
        StackTraceElement[] frames = each.getStackTrace();
        int last = frames.length;
        while (last > 0 && isOurs(frames[last - 1].getClassName())) {
            last--;
        }
        // What was thrown by us alone is ours to find.
        if (last > 0) {
            each.setStackTrace(Arrays.copyOf(frames, last));
        }
    }

    private static boolean isOurs(String className) {
        return className.equals(Thread.class.getName())
                || className.startsWith("io.raddle.yarn.")
                || className.startsWith("io.raddle.loader.")
                || className.startsWith("java.util.concurrent.FutureTask")
                || className.startsWith("java.lang.reflect.")
                || className.startsWith("jdk.internal.reflect.");
    }
}
