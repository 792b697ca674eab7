package io.raddle.yarn.master;

import io.raddle.fault.CauseCodec;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ExecutorStatus;
import io.raddle.proto.StageProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The status of an application as one HTML page that needs no other file and follows no link, so it looks the same
 * through YARN's web proxy. Pure.
 */
final class StatusPage {
    private static final String STYLE = "body{font:14px sans-serif;margin:2em;color:#222}"
            + "table{border-collapse:collapse;margin:0 0 1.5em}"
            + "th,td{padding:.25em .8em;border-bottom:1px solid #ddd;text-align:left}"
            + "td.n,th.n{text-align:right}progress{width:12em}.bad{color:#a00}";

    private StatusPage() {}

    /** The page of the application {@code name}, whose id YARN knows. */
    static String render(String name, String id, ApplicationStatus status) {
        StringBuilder page = new StringBuilder(4096);
        page.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta http-equiv=\"refresh\" content=\"3\"><title>")
                .append(escape(name))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(escape(name))
                .append("</h1>");
        summary(page, id, status);
        stages(page, status.getStagesList());
        executors(page, status.getExecutorsList());
        return page.append("</body></html>\n").toString();
    }

    private static void summary(StringBuilder page, String id, ApplicationStatus status) {
        page.append("<p>")
                .append(escape(id))
                .append(": <b>")
                .append(status.getState())
                .append("</b>, ");
        page.append(duration(status.getElapsedMillis())).append(", jobs ");
        page.append(status.getJobsDone())
                .append(" done and ")
                .append(status.getJobsRunning())
                .append(" running, tasks ");
        page.append(status.getTasksDone())
                .append(" of ")
                .append(status.getTasksKnown())
                .append(" done</p>");
        if (status.hasCause()) {
            String sentences = CauseCodec.decode(status.getCause()).sentences();
            page.append("<p class=\"bad\">").append(escape(sentences)).append("</p>");
        }
        if (status.getRefusedCalls() > 0) {
            page.append("<p class=\"bad\">Refused ")
                    .append(status.getRefusedCalls())
                    .append(" calls without the right secret.</p>");
        }
        status.getWaitingList()
                .forEach(why -> page.append("<p>").append(escape(why)).append("</p>"));
    }

    private static void stages(StringBuilder page, List<StageProgress> stages) {
        page.append("<h2>Stages</h2>");
        if (stages.isEmpty()) {
            page.append("<p>None yet.</p>");
            return;
        }
        page.append("<table><tr><th class=\"n\">Stage<th class=\"n\">Job<th>What<th>Progress<th class=\"n\">Done"
                + "<th class=\"n\">Running<th class=\"n\">Failed<th class=\"n\">Time</tr>");
        for (StageProgress stage : stages) {
            String number = stage.getStageAttempt() <= 1
                    ? Integer.toString(stage.getStage())
                    : stage.getStage() + " (attempt " + stage.getStageAttempt() + ")";
            page.append("<tr>");
            number(page, number);
            number(page, Integer.toString(stage.getJob()));
            page.append("<td>").append(escape(stage.getName()));
            page.append("<td><progress max=\"").append(Math.max(1, stage.getTasks()));
            page.append("\" value=\"").append(stage.getDone()).append("\"></progress>");
            number(page, stage.getDone() + " of " + stage.getTasks());
            number(page, Integer.toString(stage.getRunning()));
            number(page, Integer.toString(stage.getFailed()));
            number(page, duration(stage.getElapsedMillis()));
            page.append("</tr>");
        }
        page.append("</table>");
    }

    private static void executors(StringBuilder page, List<ExecutorStatus> executors) {
        page.append("<h2>Executors</h2>");
        if (executors.isEmpty()) {
            page.append("<p>None yet.</p>");
            return;
        }
        page.append("<table><tr><th class=\"n\">Executor<th>Node<th>Container<th class=\"n\">Tasks"
                + "<th class=\"n\">Memory</tr>");
        for (ExecutorStatus executor : executors) {
            page.append("<tr>");
            number(page, Integer.toString(executor.getExecutor()));
            page.append("<td>").append(escape(executor.getNode()));
            page.append("<td>").append(escape(executor.getContainer()));
            number(page, executor.getAttached() ? executor.getRunning() + " of " + executor.getSlots() : "starting");
            number(page, String.format(Locale.ROOT, "%,d MiB", executor.getResidentBytes() >> 20));
            page.append("</tr>");
        }
        page.append("</table>");
    }

    private static void number(StringBuilder page, String text) {
        page.append("<td class=\"n\">").append(escape(text));
    }

    private static String duration(long millis) {
        Duration time = Duration.ofMillis(millis);
        return time.toMinutes() == 0
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
