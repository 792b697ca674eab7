package io.raddle.yarn.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.config.Configuration;
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
import java.util.Map;
import java.util.Optional;
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

    private static final Duration REPEAT = Configuration.defaults().get(Keys.WAIT_REPORT_INTERVAL);

    private final HadoopConfiguration configuration;
    private final ResourceManager resourceManager;
    private final Console console;

    private Verbs(HadoopConfiguration configuration, ResourceManager resourceManager, Console console) {
        this.configuration = configuration;
        this.resourceManager = resourceManager;
        this.console = console;
    }

    static int run(SubmitOptions options, Console console) throws IOException {
        HadoopConfiguration configuration = HadoopConfiguration.load(System.getenv(), Map.of());
        try (ResourceManager resourceManager = ResourceManager.connect(configuration.forClient())) {
            Verbs verbs = new Verbs(configuration, resourceManager, console);
            if (options.list) {
                return verbs.list();
            }
            if (options.status != null) {
                return verbs.status(id(options.status));
            }
            if (options.attach != null) {
                return verbs.attach(id(options.attach));
            }
            return options.logs != null ? verbs.logs(id(options.logs)) : verbs.kill(id(String.valueOf(options.kill)));
        }
    }

    private static ApplicationId id(String text) {
        try {
            return ApplicationId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            text + " is no application id.", "It looks like application_1700000000000_0001."),
                    e);
        }
    }

    private int list() {
        String row = "%-32s %-10s %-12s %-10s %5s  %s";
        console.print(String.format(Locale.ROOT, row, "APPLICATION", "USER", "QUEUE", "STATE", "DONE", "NAME"));
        for (ApplicationReport report : resourceManager.applications(ALIVE, Optional.empty())) {
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

    private int status(ApplicationId id) throws IOException {
        ApplicationReport report = resourceManager.report(id);
        StatusText.lines(report, controlStatus(report)).forEach(console::print);
        return ExitCode.SUCCESS;
    }

    private int attach(ApplicationId id) throws IOException {
        ApplicationReport report = resourceManager.report(id);
        Optional<Secret> secret = secret(report);
        if (secret.isEmpty() && alive(report)) {
            console.say("Only its state can be followed: the secret of this application cannot be read by you.");
        }
        Attachment attachment = new Attachment(resourceManager, id, secret, console, REPEAT);
        try (Interrupts interrupts = Interrupts.handle(console)) {
            interrupts.passTo(Interrupts.Target.of(attachment));
            Ending ending = attachment.follow();
            console.say(id + " " + ending.state() + (ending.reason().isEmpty() ? "" : ": " + ending.reason()));
            return ExitCode.of(ending);
        }
    }

    private int logs(ApplicationId id) throws IOException {
        ApplicationReport report = resourceManager.report(id);
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
            copy(control.tail(TailRequest.Stream.STDOUT, 0, false), console::passOut);
            copy(control.tail(TailRequest.Stream.STDERR, 0, false), console::passErr);
            return ExitCode.SUCCESS;
        } catch (StatusRuntimeException e) {
            throw unanswered(report, e);
        }
    }

    private static void copy(Iterator<LogChunk> chunks, Consumer<byte[]> sink) {
        chunks.forEachRemaining(chunk -> sink.accept(chunk.getData().toByteArray()));
    }

    private int kill(ApplicationId id) throws IOException {
        if (!alive(resourceManager.report(id))) {
            console.say(id + " has ended already.");
            return ExitCode.SUCCESS;
        }
        resourceManager.kill(id, "Killed by yarn-submit --kill.");
        Ending ending = new Attachment(resourceManager, id, Optional.empty(), console, REPEAT).follow();
        ClusterFiles.open(configuration.forClient()).removeStaging(id.toString());
        console.say(id + " " + ending.state());
        return ExitCode.SUCCESS;
    }

    private Optional<ApplicationStatus> controlStatus(ApplicationReport report) throws IOException {
        Optional<Secret> secret = secret(report);
        if (!alive(report) || report.getRpcPort() <= 0) {
            return Optional.empty();
        }
        if (secret.isEmpty()) {
            console.say("This is what the ResourceManager knows: the secret of this application cannot be read by you,"
                    + " so it cannot be asked itself.");
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
        return ClusterFiles.open(configuration.forClient())
                .controlSecret(report.getUser(), report.getApplicationId().toString())
                .map(Secret::of);
    }

    private static boolean alive(ApplicationReport report) {
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
        String address = report.getHost() + ":" + report.getRpcPort();
        return new RaddleException(
                new Cause.Unreachable(address, String.valueOf(e.getStatus().getCode())), e);
    }
}
