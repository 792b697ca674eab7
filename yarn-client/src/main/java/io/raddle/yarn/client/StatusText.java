package io.raddle.yarn.client;

import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ExecutorStatus;
import io.raddle.proto.StageProgress;
import io.raddle.yarn.client.console.Elapsed;
import io.raddle.yarn.client.watch.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationReport;

/** An application as {@code --status} prints it: what the ResourceManager knows, then what the application says. */
final class StatusText {
    private StatusText() {}

    static List<String> lines(ApplicationReport report, Optional<ApplicationStatus> status) {
        List<String> lines = new ArrayList<>();
        lines.add(report.getApplicationId() + "  " + report.getName());
        lines.add("State:    " + report.getYarnApplicationState() + ", final status "
                + report.getFinalApplicationStatus());
        lines.add("User:     " + report.getUser() + ", queue " + report.getQueue());
        lines.add("Page:     " + report.getTrackingUrl());
        if (Verbs.alive(report)) {
            addDriver(lines, report);
        } else {
            lines.add("Ended:    " + ended(report));
        }
        status.ifPresent(known -> addStatus(lines, known));
        return lines;
    }

    private static void addDriver(List<String> lines, ApplicationReport report) {
        lines.add("Driver:   "
                + (report.getRpcPort() > 0 ? report.getHost() + ":" + report.getRpcPort() : "not started"));
        if (!report.getDiagnostics().isBlank()) {
            lines.add("YARN:     " + report.getDiagnostics().strip().replaceAll("\\s+", " "));
        }
    }

    private static String ended(ApplicationReport report) {
        Ending ending = Ending.of(report);
        String took = Elapsed.text(Math.max(0, report.getFinishTime() - report.getStartTime()));
        return ending.state() + " after " + took
                + (ending.state() == Ending.State.FAILED ? ", exit code " + ending.exitCode() : "")
                + (ending.reason().isEmpty() ? "" : ": " + ending.reason());
    }

    private static void addStatus(List<String> lines, ApplicationStatus status) {
        lines.add("Running:  " + Elapsed.text(status.getElapsedMillis()) + ", jobs " + status.getJobsDone()
                + " done and " + status.getJobsRunning() + " running, tasks " + status.getTasksDone() + "/"
                + status.getTasksKnown());
        for (StageProgress stage : status.getStagesList()) {
            lines.add("Stage " + stage.getStage() + ":  " + stage.getName() + " " + stage.getDone() + "/"
                    + stage.getTasks() + ", " + stage.getRunning() + " running, " + stage.getFailed() + " failed, "
                    + Elapsed.text(stage.getElapsedMillis()));
        }
        for (ExecutorStatus executor : status.getExecutorsList()) {
            lines.add("Executor " + executor.getExecutor() + ":  " + executor.getContainer() + " on "
                    + executor.getNode() + ", " + executor.getRunning() + "/" + executor.getSlots() + " busy");
        }
        if (status.getRefusedCalls() > 0) {
            lines.add("Refused:  " + status.getRefusedCalls() + " calls without the right secret");
        }
        status.getWaitingList().forEach(reason -> lines.add("Waiting:  " + reason));
    }
}
