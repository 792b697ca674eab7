package io.raddle.closure;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;

/** Where a program called an operation of the API; its text is {@code reduceByKey at WordCount.java:14}. */
public record CallSite(String operation, String location) {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String ENGINE = "io.raddle.";

    /** The innermost call from a program into Raddle on this thread's stack. */
    public static CallSite here() {
        return WALKER.walk(CallSite::innermost);
    }

    private static CallSite innermost(Stream<StackFrame> frames) {
        String operation = "";
        Iterator<StackFrame> walk = frames.iterator();
        while (walk.hasNext()) {
            StackFrame frame = walk.next();
            if (isEngine(frame)) {
                operation = operationOf(frame);
            } else if (!isJdk(frame)) {
                return new CallSite(operation, locationOf(frame));
            }
        }
        return new CallSite(operation, "an unknown place");
    }

    /** A class of ours is engine unless it is a test, which is a program like any other. */
    private static boolean isEngine(StackFrame frame) {
        return frame.getClassName().startsWith(ENGINE)
                && frame.getDeclaringClass().getClassLoader() == CallSite.class.getClassLoader()
                && !frame.getDeclaringClass().getNestHost().getSimpleName().endsWith("Test");
    }

    private static boolean isJdk(StackFrame frame) {
        ClassLoader loader = frame.getDeclaringClass().getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static String operationOf(StackFrame frame) {
        String method = frame.getMethodName();
        return method.startsWith("<") ? frame.getDeclaringClass().getSimpleName() : method;
    }

    private static String locationOf(StackFrame frame) {
        String file = Objects.requireNonNullElse(
                frame.getFileName(), frame.getDeclaringClass().getSimpleName());
        return frame.getLineNumber() < 0 ? file : file + ":" + frame.getLineNumber();
    }

    @Override
    public String toString() {
        return operation + " at " + location;
    }
}
