package io.raddle.yarn.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.LogChunk;
import io.raddle.proto.TailRequest;
import io.raddle.wire.Secret;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.hadoop.ResourceManager;
import io.raddle.yarn.client.logs.DriverLogs;
import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.watch.Attachment;
import io.raddle.yarn.client.watch.ControlLink;
import io.raddle.yarn.client.watch.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/** What can be asked about an application that is there already. */
final class Verbs {
    private static final EnumSet<YarnApplicationState> ALIVE = EnumSet.of(
            YarnApplicationState.NEW,
            YarnApplicationState.NEW_SAVING,
            YarnApplicationState.SUBMITTED,
            YarnApplicationState.ACCEPTED,
            YarnApplicationState.RUNNING);

    private final VerbRequest request;
    private final HadoopConfiguration configuration;
    private final ResourceManager resourceManager;
    private final Console console;
    private final AtOnce threads;

    private Verbs(
            VerbRequest request,
            HadoopConfiguration configuration,
            ResourceManager resourceManager,
            Console console,
            AtOnce threads) {
        this.request = request;
        this.configuration = configuration;
        this.resourceManager = resourceManager;
        this.console = console;
        this.threads = threads;
    }

    static int run(VerbRequest request, Console console) {
        HadoopConfiguration configuration = HadoopConfiguration.load(
                System.getenv(), request.configuration().hadoop());
        AtOnce threads = new AtOnce();
        try (ResourceManager resourceManager =
                AtOnce.get(threads.start(() -> ResourceManager.connect(configuration.forClient())), AtOnce.CONTACT)) {
            return new Verbs(request, configuration, resourceManager, console, threads).act();
        } catch (IOException e) {
            throw ClusterFiles.explain(configuration.forClient(), e);
        }
    }

    private int act() throws IOException {
        return switch (request.verb()) {
            case LIST -> list();
            case STATUS -> status();
            case ATTACH -> attach(request.application());
            case LOGS -> logs(request.application());
            case KILL -> kill(request.application());
        };
    }

    /** What the cluster is asked first has a time limit, whatever Hadoop's own retries are set to. */
    private <T> T contact(Callable<T> question) throws IOException {
        return AtOnce.get(threads.start(question), AtOnce.CONTACT);
    }

    private ApplicationReport report(ApplicationId id) throws IOException {
        return contact(() -> resourceManager.report(id));
    }

    private int list() throws IOException {
        String row = "%-32s %-10s %-12s %-10s %5s  %s";
        console.print(String.format(Locale.ROOT, row, "APPLICATION", "USER", "QUEUE", "STATE", "DONE", "NAME"));
        for (ApplicationReport report : contact(() -> resourceManager.applications(ALIVE, Optional.empty()))) {
            console.print(String.format(
                    Locale.ROOT,
                    row,
                    report.getApplicationId(),
                    report.getUser(),
                    report.getQueue(),
                    report.getYarnApplicationState(),
                    Math.round(report.getProgress() * 100) + "%",
                    report.getName()));
        }
        return ExitCode.SUCCESS;
    }

    private int status() throws IOException {
        ApplicationReport report = report(request.application());
        StatusText.lines(report, controlStatus(report)).forEach(console::print);
        return ExitCode.SUCCESS;
    }

    /** Exit codes below 120 are the application's, so who is turned away must not be taken for its end. */
    private int attach(ApplicationId id) throws IOException {
        try {
            return follow(id);
        } catch (RaddleException e) {
            boolean unknown = e.fault() instanceof Cause.InvalidInput;
            if (!unknown && !ControlLink.isRefusal(e)) {
                throw e;
            }
            console.say("yarn-submit: " + e.fault().sentences());
            return ExitCode.NOT_FOLLOWED;
        }
    }

    private int follow(ApplicationId id) throws IOException {
        ApplicationReport report = report(id);
        Optional<Secret> secret = secretOrWhyNot(
                report, "Only its state can be followed: the secret of this application cannot be read by you.");
        Attachment attachment = new Attachment(resourceManager, id, secret, console, repeat());
        try (Interrupts interrupts = Interrupts.handle(console, () -> {})) {
            interrupts.passTo(Interrupts.Target.of(attachment));
            Ending ending = attachment.follow();
            console.say(id + " " + ending.state() + (ending.reason().isEmpty() ? "" : ": " + ending.reason()));
            return ExitCode.of(ending);
        }
    }

    private int logs(ApplicationId id) throws IOException {
        ApplicationReport report = report(id);
        if (!alive(report)) {
            new DriverLogs(configuration.forClient(), resourceManager).print(report, console);
            return ExitCode.SUCCESS;
        }
        Optional<Secret> secret = secret(report);
        if (secret.isEmpty() || report.getRpcPort() <= 0) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The driver of " + id + " has not begun or is not yours, so it cannot be asked for its output.",
                    "Try again when yarn-submit --status says RUNNING, as the user who submitted it."));
        }
        try (ControlLink control = ControlLink.open(report.getHost(), report.getRpcPort(), secret.get())) {
            copy(control.output(TailRequest.Stream.STDOUT), console::passOut);
            copy(control.output(TailRequest.Stream.STDERR), console::passErr);
            return ExitCode.SUCCESS;
        } catch (StatusRuntimeException e) {
            throw unanswered(report, e);
        }
    }

    private static void copy(Iterator<LogChunk> chunks, Consumer<byte[]> sink) {
        chunks.forEachRemaining(chunk -> sink.accept(chunk.getData().toByteArray()));
    }

    private int kill(ApplicationId id) throws IOException {
        if (!alive(report(id))) {
            console.say(id + " has ended already.");
            return ExitCode.SUCCESS;
        }
        contact(() -> resourceManager.kill(id, "Killed by yarn-submit --kill."));
        Ending ending = new Attachment(resourceManager, id, Optional.empty(), console, repeat()).follow();
        console.say(id + " " + ending.state());
        try {
            ClusterFiles.open(configuration.forClient()).removeStaging(id.toString());
        } catch (IOException e) {
            console.say("Its staging directory was not removed. "
                    + ClusterFiles.explain(configuration.forClient(), e).fault().sentences());
        }
        return ExitCode.SUCCESS;
    }

    private Duration repeat() {
        return request.configuration().get(Keys.WAIT_REPORT_INTERVAL);
    }

    private Optional<ApplicationStatus> controlStatus(ApplicationReport report) {
        if (!alive(report) || report.getRpcPort() <= 0) {
            return Optional.empty();
        }
        Optional<Secret> secret = secretOrWhyNot(
                report,
                "This is what the ResourceManager knows: the secret of this application cannot be read by you,"
                        + " so it cannot be asked itself.");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        try (ControlLink control = ControlLink.open(report.getHost(), report.getRpcPort(), secret.get())) {
            return Optional.of(control.status());
        } catch (StatusRuntimeException e) {
            console.say(unanswered(report, e).fault().sentences());
            return Optional.empty();
        }
    }

    private Optional<Secret> secret(ApplicationReport report) throws IOException {
        String application = report.getApplicationId().toString();
        return contact(() -> ClusterFiles.open(configuration.forClient()).controlSecret(report.getUser(), application))
                .map(Secret::of);
    }

    /** For verbs that have something to show without it too; why they show no more of one that runs is said. */
    private Optional<Secret> secretOrWhyNot(ApplicationReport report, String notReadable) {
        try {
            Optional<Secret> secret = secret(report);
            if (secret.isEmpty() && alive(report)) {
                console.say(notReadable);
            }
            return secret;
        } catch (RaddleException e) {
            console.say(e.fault().sentences());
        } catch (IOException e) {
            console.say(
                    ClusterFiles.explain(configuration.forClient(), e).fault().sentences());
        }
        return Optional.empty();
    }

    static boolean alive(ApplicationReport report) {
        return ALIVE.contains(report.getYarnApplicationState());
    }

    /** Whether an application has ended, or is so old that the ResourceManager has forgotten it. */
    static boolean ended(ResourceManager resourceManager, ApplicationId id) {
        try {
            return !alive(resourceManager.report(id));
        } catch (RaddleException e) {
            return e.fault() instanceof Cause.InvalidInput;
        }
    }

    private static RaddleException unanswered(ApplicationReport report, StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
            return ControlLink.refused(e);
        }
        if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
            return new RaddleException(
                    new Cause.InvalidInput(
                            "The driver of " + report.getApplicationId()
                                    + " is not on the cluster and writes to the console of its own process.",
                            "Read it there; --attach shows how far the application is."),
                    e);
        }
        String address = report.getHost() + ":" + report.getRpcPort();
        return new RaddleException(
                new Cause.Unreachable(address, String.valueOf(e.getStatus().getCode())), e);
    }
}
