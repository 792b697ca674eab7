package io.raddle.yarn.client;

import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.console.Elapsed;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.program.Program;
import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.watch.Attachment;
import io.raddle.yarn.client.watch.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/** One application from its request to its exit code, wherever it runs. */
final class Run {
    private final Request request;
    private final Console console;
    private final Distribution distribution = Distribution.ofProcess();
    private final AtOnce threads = new AtOnce();

    Run(Request request, Console console) {
        this.request = request;
        this.console = console;
    }

    int untilEnd() throws IOException {
        try (WorkDirectory work = WorkDirectory.create(console)) {
            if (request.master() instanceof Master.Local local) {
                try (Interrupts interrupts = Interrupts.handle(console, work::close)) {
                    return new LocalRun(request, local, console, interrupts).run(program(work.path()), work);
                }
            }
            try (Interrupts interrupts = request.master() instanceof Master.Embedded
                    ? Interrupts.handleHangUpToo(console, work::close)
                    : Interrupts.handle(console, work::close)) {
                return onCluster(work.path(), interrupts);
            }
        }
    }

    private int onCluster(Path work, Interrupts interrupts) throws IOException {
        try {
            return request.master() instanceof Master.Embedded
                    ? onEmbedded(work, interrupts)
                    : onCluster(System.getenv(), work, interrupts);
        } catch (RaddleException e) {
            // What a signal broke off on its way is no failure to speak of.
            throw interrupts.any() ? cancelled() : e;
        }
    }

    private int onEmbedded(Path work, Interrupts interrupts) throws IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(distribution, work, console)) {
            return onCluster(cluster.environment(), work, interrupts);
        }
    }

    private Program program(Path work) {
        return Program.of(request.application(), request.mainClass(), request.jars(), work);
    }

    private int onCluster(Map<String, String> environment, Path work, Interrupts interrupts) throws IOException {
        long startedAt = System.nanoTime();
        Program.checkName(request.application());
        Future<Program> program = threads.start(() -> program(work));
        HadoopConfiguration configuration =
                HadoopConfiguration.load(environment, request.configuration().hadoop());
        Submission submission = new Submission(request, configuration, distribution.engine(), threads);
        Submitted submitted = submitted(submission, program, interrupts);
        console.detail(submission.uploads().toString());
        if (request.detach() && !interrupts.any()) {
            console.print(submitted.id().toString());
            return ExitCode.SUCCESS;
        }
        console.say(submitted.id() + " submitted");
        Future<Void> sweep = threads.start(() -> sweep(configuration, submitted));
        Ending ending = request.drivenHere()
                ? new ClientRun(request, submitted, configuration, console).run(AtOnce.get(program), work, interrupts)
                : follow(submitted, request.configuration().get(Keys.WAIT_REPORT_INTERVAL), console, interrupts);
        removeStaging(configuration, submitted.id());
        sweep.cancel(true);
        ClientClassData.make();
        return report(submitted.id(), ending, System.nanoTime() - startedAt);
    }

    /** An application that the ResourceManager has, or nothing at all: a signal leaves none half submitted. */
    private Submitted submitted(Submission submission, Future<Program> program, Interrupts interrupts)
            throws IOException {
        CompletableFuture<Submitted> step = threads.promise(() -> submission.run(program));
        interrupts.await(step);
        if (interrupts.any() && submission.abandon(console)) {
            throw cancelled();
        }
        return AtOnce.get(step);
    }

    private static RaddleException cancelled() {
        return new RaddleException(new Cause.Cancelled(Interrupts.BY));
    }

    /** Housekeeping beside the application: what ended applications of this user left. */
    private Void sweep(HadoopConfiguration configuration, Submitted submitted) throws IOException {
        ClusterFiles.open(configuration.forClient()).sweep(directory -> hasEnded(directory, submitted));
        return null;
    }

    /** Once it was submitted, what goes wrong here says nothing of the application: its end is not known. */
    static Ending follow(Submitted submitted, Duration repeat, Console console, Interrupts interrupts) {
        Attachment attachment = new Attachment(
                submitted.resourceManager(), submitted.id(), Optional.of(submitted.control()), console, repeat);
        interrupts.passTo(Interrupts.Target.of(attachment));
        try {
            return attachment.follow();
        } catch (RaddleException e) {
            return Ending.lost(e.fault().sentences());
        } catch (RuntimeException e) {
            return Ending.lost(new Cause.InternalError(String.valueOf(e), "").sentences());
        } finally {
            interrupts.release();
        }
    }

    private int report(ApplicationId id, Ending ending, long nanos) {
        if (!ending.stack().isBlank()) {
            console.say(ending.stack().stripTrailing());
        }
        String reason = ending.reason().isEmpty() ? "" : ": " + ending.reason();
        console.say(id + " " + ending.state() + " in " + Elapsed.text(nanos / 1_000_000) + reason);
        return ExitCode.of(ending);
    }

    private static boolean hasEnded(String directory, Submitted submitted) {
        try {
            ApplicationId id = ApplicationId.fromString(directory);
            return !id.equals(submitted.id()) && Verbs.ended(submitted.resourceManager(), id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void removeStaging(HadoopConfiguration configuration, ApplicationId id) {
        try {
            ClusterFiles.open(configuration.forClient()).removeStaging(id.toString());
        } catch (IOException | RuntimeException e) {
            console.say("The staging directory of " + id + " was not removed. "
                    + ClusterFiles.explain(configuration.forClient(), e).fault().sentences());
        }
    }
}
