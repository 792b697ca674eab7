package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationStatus.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;

/** How an application ended, in the words of our own status and of YARN. */
public record Ending(State state, int exitCode, Optional<Cause> cause) {
    private static final int FAILURE = 1;
    private static final int MAX_STACK_CHARACTERS = 16 << 10;
    private static final int DIAGNOSTIC_LINES = 30;

    /** The program came to its end. */
    static Ending succeeded() {
        return new Ending(State.SUCCEEDED, 0, Optional.empty());
    }

    /** The program called {@code System.exit}. */
    static Ending exited(int code) {
        return code == 0 ? succeeded() : new Ending(State.FAILED, code, Optional.of(new Cause.UserExit(code)));
    }

    /** With this cause: as killed when somebody wanted it, else as failed. */
    public static Ending failed(Cause cause) {
        return cause instanceof Cause.Cancelled
                ? new Ending(State.KILLED, FAILURE, Optional.of(cause))
                : new Ending(State.FAILED, FAILURE, Optional.of(cause));
    }

    /** The program's main threw; {@code heapBytes} is the limit that an out-of-memory error met. */
    static Ending threw(Throwable thrown, long heapBytes) {
        if (thrown instanceof RaddleException known) {
            return failed(known.fault());
        }
        if (thrown instanceof OutOfMemoryError memory) {
            return failed(new Cause.OutOfMemory(String.valueOf(memory.getMessage()), heapBytes));
        }
        return failed(new Cause.UserException(
                thrown.getClass().getName(), thrown.getMessage() == null ? "" : thrown.getMessage(), stack(thrown)));
    }

    FinalApplicationStatus forYarn() {
        return switch (state) {
            case SUCCEEDED -> FinalApplicationStatus.SUCCEEDED;
            case KILLED -> FinalApplicationStatus.KILLED;
            default -> FinalApplicationStatus.FAILED;
        };
    }

    /** Sentences for people and, at the end, the exit code for programs that come too late to ask the master. */
    String diagnostics() {
        String told = cause.map(it -> it.sentences() + firstLines(it)).orElse("");
        String code = "[exit code " + exitCode + "]";
        return told.isEmpty() ? code : told + "\n" + code;
    }

    private static String firstLines(Cause cause) {
        Cause root = cause;
        while (root instanceof Cause.TaskFailed task) {
            root = task.last();
        }
        return root instanceof Cause.UserException exception
                        && !exception.stack().isEmpty()
                ? "\n"
                        + String.join(
                                "\n",
                                exception
                                        .stack()
                                        .lines()
                                        .limit(DIAGNOSTIC_LINES)
                                        .toList())
                : "";
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        String whole = text.toString();
        return whole.length() <= MAX_STACK_CHARACTERS ? whole : whole.substring(0, MAX_STACK_CHARACTERS);
    }
}
