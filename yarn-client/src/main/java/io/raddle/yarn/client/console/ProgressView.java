package io.raddle.yarn.client.console;

import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ExecutorLoss;
import io.raddle.proto.StageProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Stages as lines: bars that stand still and move on a terminal, one line per change anywhere else, where a stage that
 * moves quickly says so once a second and when the application ends. Belongs to one thread; time is an argument in milliseconds.
 */
public final class ProgressView {
    private static final int BAR = 24;
    private static final int SHOWN = 6;
    private static final long PAUSE_MILLIS = 1000;
    private static final long PATIENCE_MILLIS = 2000;

    private final Console console;
    private final long repeatMillis;
    private final Map<String, Said> said = new HashMap<>();
    private int lossesSaid;
    private OptionalLong waitingSince = OptionalLong.empty();
    private OptionalLong waitingSaidAt = OptionalLong.empty();

    /** What was last said of a stage. */
    private record Said(int done, int failed, boolean complete, long at) {}

    public ProgressView(Console console, Duration repeat) {
        this.console = console;
        this.repeatMillis = repeat.toMillis();
    }

    public void show(ApplicationStatus status, long now) {
        losses(status);
        if (console.terminal()) {
            console.status(bars(status));
            return;
        }
        boolean ends = ends(status);
        status.getStagesList().forEach(stage -> sayChange(stage, now, ends));
        wait(reasons(status), now);
    }

    /** Executors that were lost, each said once. */
    public void losses(ApplicationStatus status) {
        status.getLossesList().forEach(this::sayOnce);
    }

    /** Why nothing moves: said when it has lasted a moment, and again from time to time while it goes on. */
    public void wait(List<String> reasons, long now) {
        if (reasons.isEmpty()) {
            waitingSince = OptionalLong.empty();
            console.status(List.of());
            return;
        }
        waitingSince = OptionalLong.of(waitingSince.orElse(now));
        boolean lasting = now - waitingSince.getAsLong() >= PATIENCE_MILLIS;
        if (console.terminal()) {
            console.status(
                    lasting
                            ? reasons.stream()
                                    .map(reason -> "Waiting: " + reason)
                                    .toList()
                            : List.of());
            return;
        }
        if (lasting && (waitingSaidAt.isEmpty() || now - waitingSaidAt.getAsLong() >= repeatMillis)) {
            reasons.forEach(reason -> console.say("Waiting: " + reason));
            waitingSaidAt = OptionalLong.of(now);
        }
    }

    private static boolean ends(ApplicationStatus status) {
        return switch (status.getState()) {
            case SUCCEEDED, FAILED, KILLED -> true;
            default -> false;
        };
    }

    /** While one task runs, that others must wait is nothing to speak of. */
    private static List<String> reasons(ApplicationStatus status) {
        boolean moves = status.getStagesList().stream().anyMatch(stage -> stage.getRunning() > 0);
        return moves ? List.of() : status.getWaitingList();
    }

    /** Another driver counts its losses anew. */
    public void restart() {
        lossesSaid = 0;
    }

    private void sayOnce(ExecutorLoss loss) {
        if (loss.getNumber() > lossesSaid) {
            lossesSaid = loss.getNumber();
            console.say("Lost executor " + loss.getExecutor() + ": "
                    + loss.getCause().getHappened() + " " + loss.getCause().getRemedy());
        }
    }

    private void sayChange(StageProgress stage, long now, boolean ends) {
        String key = stage.getStage() + "." + stage.getStageAttempt();
        Said last = said.get(key);
        boolean changed = last == null
                || last.done() != stage.getDone()
                || last.failed() != stage.getFailed()
                || last.complete() != stage.getComplete();
        boolean notable = ends
                || last == null
                || last.failed() != stage.getFailed()
                || last.complete() != stage.getComplete()
                || now - last.at() >= PAUSE_MILLIS;
        if (changed && notable) {
            console.say(head(stage) + ": " + counts(stage) + ", " + Elapsed.text(stage.getElapsedMillis()));
            said.put(key, new Said(stage.getDone(), stage.getFailed(), stage.getComplete(), now));
        }
    }

    private static List<String> bars(ApplicationStatus status) {
        List<String> lines = new ArrayList<>();
        List<StageProgress> running = status.getStagesList().stream()
                .filter(stage -> !stage.getComplete())
                .toList();
        for (StageProgress stage : running.subList(0, Math.min(SHOWN, running.size()))) {
            lines.add(head(stage) + " " + bar(stage) + " " + counts(stage) + "  "
                    + Elapsed.text(stage.getElapsedMillis()));
        }
        if (running.size() > SHOWN) {
            lines.add("and " + (running.size() - SHOWN) + " more stages");
        }
        reasons(status).forEach(reason -> lines.add("Waiting: " + reason));
        return lines;
    }

    private static String head(StageProgress stage) {
        String attempt = stage.getStageAttempt() <= 1 ? "" : " (attempt " + stage.getStageAttempt() + ")";
        return "Stage " + stage.getStage() + attempt + " " + stage.getName();
    }

    private static String counts(StageProgress stage) {
        StringBuilder text =
                new StringBuilder().append(stage.getDone()).append('/').append(stage.getTasks());
        if (stage.getRunning() > 0) {
            text.append(", ").append(stage.getRunning()).append(" running");
        }
        if (stage.getFailed() > 0) {
            text.append(", ").append(stage.getFailed()).append(" failed");
        }
        return text.toString();
    }

    private static String bar(StageProgress stage) {
        int filled = stage.getTasks() == 0 ? 0 : (int) ((long) BAR * stage.getDone() / stage.getTasks());
        String head = filled < BAR && stage.getRunning() > 0 ? ">" : "";
        return "[" + ("=".repeat(filled) + head + " ".repeat(BAR)).substring(0, BAR) + "]";
    }
}
