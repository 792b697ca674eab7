package io.raddle.yarn.client.watch;

import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.CauseMessage;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/**
 * How an application ended: {@code exitCode} is the application's own, {@code reason} a line that is empty when all went
 * well, and {@code stack} the
 * stack of the exception that a task of the user threw; what main threw the driver has printed itself.
 */
public record Ending(State state, int exitCode, String reason, String stack) {
    /** The four ways to end. */
    public enum State {
        SUCCEEDED,
        FAILED,
        KILLED,
        LOST
    }

    /** As the driver says. */
    public static Ending of(ApplicationStatus status) {
        String reason = status.hasCause()
                ? status.getCause().getHappened() + " " + status.getCause().getRemedy()
                : "";
        String stack = status.getCause().hasTaskFailed() ? stack(status.getCause()) : "";
        return switch (status.getState()) {
            case SUCCEEDED -> new Ending(State.SUCCEEDED, status.getExitCode(), reason, stack);
            case KILLED -> new Ending(State.KILLED, status.getExitCode(), reason, stack);
            default -> new Ending(State.FAILED, status.getExitCode(), reason, stack);
        };
    }

    private static String stack(CauseMessage cause) {
        return cause.hasTaskFailed()
                ? stack(cause.getTaskFailed().getLast())
                : cause.getUserException().getStack();
    }

    /** What the ResourceManager knows when the master could not tell. */
    public static Ending of(ApplicationReport report) {
        String diagnostics = report.getDiagnostics();
        String reason = Diagnostics.sentence(diagnostics);
        if (report.getYarnApplicationState() == YarnApplicationState.KILLED
                || report.getFinalApplicationStatus() == FinalApplicationStatus.KILLED) {
            return new Ending(State.KILLED, 1, reason, "");
        }
        return report.getFinalApplicationStatus() == FinalApplicationStatus.SUCCEEDED
                ? new Ending(State.SUCCEEDED, 0, "", "")
                : new Ending(State.FAILED, Diagnostics.exitCode(diagnostics).orElse(1), reason, "");
    }

    /** Nobody here can say how it ended; {@code reason} says why and where to ask. */
    public static Ending lost(String reason) {
        return new Ending(State.LOST, 1, reason, "");
    }
}
