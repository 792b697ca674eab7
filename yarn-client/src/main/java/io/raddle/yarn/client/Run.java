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
import java.util.Map;
import java.util.Optional;
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
            if (request.master() instanceof Master.Embedded) {
                try (EmbeddedCluster cluster = EmbeddedCluster.start(distribution, work.path(), console)) {
                    return onCluster(cluster.environment(), work.path());
                }
            }
            if (request.master() instanceof Master.Local local) {
                return new LocalRun(request, local, console).run(program(work.path()));
            }
            return onCluster(System.getenv(), work.path());
        }
    }

    private Program program(Path work) {
        return Program.of(request.application(), request.mainClass(), request.jars(), work);
    }

    private int onCluster(Map<String, String> environment, Path work) throws IOException {
        long startedAt = System.nanoTime();
        Future<Program> program = threads.start(() -> program(work));
        HadoopConfiguration configuration =
                HadoopConfiguration.load(environment, request.configuration().hadoop());
        Submission submission = new Submission(request, configuration, distribution.engine(), threads);
        Submitted submitted = submission.run(program);
        console.detail(submission.uploads().toString());
        if (request.detach()) {
            console.print(submitted.id().toString());
            return ExitCode.SUCCESS;
        }
        console.say(submitted.id() + " submitted");
        Future<Void> sweep = threads.start(() -> sweep(configuration, submitted));
        Ending ending = follow(submitted);
        removeStaging(configuration, submitted.id());
        sweep.cancel(true);
        ClientClassData.make();
        return report(submitted.id(), ending, System.nanoTime() - startedAt);
    }

    /** Housekeeping beside the application: what ended applications of this user left. */
    private Void sweep(HadoopConfiguration configuration, Submitted submitted) throws IOException {
        ClusterFiles.open(configuration.forClient()).sweep(directory -> hasEnded(directory, submitted));
        return null;
    }

    /** Once it was submitted, what goes wrong here says nothing of the application: its end is not known. */
    private Ending follow(Submitted submitted) {
        Attachment attachment = new Attachment(
                submitted.resourceManager(),
                submitted.id(),
                Optional.of(submitted.control()),
                console,
                request.configuration().get(Keys.WAIT_REPORT_INTERVAL));
        try (Interrupts interrupts = Interrupts.to(attachment, console)) {
            return attachment.follow();
        } catch (RaddleException e) {
            return Ending.lost(e.fault().sentences());
        } catch (RuntimeException e) {
            return Ending.lost(new Cause.InternalError(String.valueOf(e), "").sentences());
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
