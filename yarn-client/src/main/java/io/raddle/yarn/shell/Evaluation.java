package io.raddle.yarn.shell;

import io.raddle.plan.Engine;
import io.raddle.plan.KnownJob;
import io.raddle.proto.ApplicationStatus;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.console.ProgressView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Lines at work on a thread of their own, while this one shows how their jobs go and can break them off. */
final class Evaluation {
    private static final long STEP_MILLIS = 200;
    private static final String BY = "Ctrl-C";

    private final Shell shell;
    private final Console console;
    private final ProgressView progress;
    private final FutureTask<List<Outcome>> work;
    private final Thread thread;

    /** {@code progress} is that of all lines of a shell: what it said once is not said again. */
    Evaluation(Shell shell, Console console, ProgressView progress, String text) {
        this.shell = shell;
        this.console = console;
        this.progress = progress;
        this.work = new FutureTask<>(() -> shell.prompt().evaluate(text));
        this.thread = new Thread(work, "raddle-line");
        thread.setDaemon(true);
        thread.start();
    }

    /** Cancels the jobs that run; where none does, interrupts what else the lines do. */
    void cancel() {
        boolean jobs = shell.engine()
                .filter(engine -> engine.jobs().jobs().stream().anyMatch(job -> job.state() == KnownJob.State.RUNNING))
                .isPresent();
        if (jobs) {
            shell.engine().ifPresent(engine -> engine.jobs().cancel(job -> true, BY));
        } else {
            thread.interrupt();
        }
    }

    /** Waits for the end; what became of each line. */
    List<Outcome> await() {
        try {
            while (true) {
                try {
                    return work.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    shell.engine().ifPresentOrElse(this::show, this::showOpening);
                }
            }
        } catch (ExecutionException e) {
            return List.of(new Outcome.Failed(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nothing interrupts who waits for a line", e);
        } finally {
            console.status(List.of());
            shell.engine().ifPresent(engine -> progress.losses(engine.jobs().status()));
        }
    }

    /** Stages of jobs that ended before their time are of no interest any more. */
    private void show(Engine engine) {
        if (!console.terminal()) {
            progress.losses(engine.jobs().status());
            return;
        }
        Set<Integer> stages = engine.jobs().jobs().stream()
                .filter(job -> job.state() == KnownJob.State.RUNNING)
                .flatMap(job -> job.stages().stream())
                .collect(Collectors.toSet());
        ApplicationStatus status = engine.jobs().status();
        ApplicationStatus ofRunning = status.toBuilder()
                .clearStages()
                .addAllStages(status.getStagesList().stream()
                        .filter(stage -> stages.contains(stage.getStage()))
                        .toList())
                .build();
        progress.show(ofRunning, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    private void showOpening() {
        console.status(List.of("Waiting: the session is being opened"));
    }
}
