package io.raddle.yarn.client.watch;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.TailRequest;
import io.raddle.wire.Secret;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.console.ProgressView;
import io.raddle.yarn.client.hadoop.ResourceManager;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/**
 * Follows one application to its end and shows what happens. {@link #follow} blocks its caller; {@link #cancel} and
 * {@link #kill} may come from any other thread.
 */
public final class Attachment {
    private static final Duration PATIENCE_WITH_RESOURCE_MANAGER = Duration.ofMinutes(10);
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);
    private static final long STALL_MILLIS = Duration.ofMinutes(1).toMillis();

    private final ResourceManager resourceManager;
    private final ApplicationId application;
    private final Optional<Secret> secret;
    private final Console console;
    private final ProgressView progress;
    private final LogFollower standardOutput;
    private final LogFollower standardError;
    private final MasterWait masterWait;
    private final MasterReach reach = new MasterReach();
    private final Pace pace = new Pace();
    private volatile Optional<ControlLink> control = Optional.empty();
    private Optional<YarnApplicationState> announced = Optional.empty();
    private int attempt;

    public Attachment(
            ResourceManager resourceManager,
            ApplicationId application,
            Optional<Secret> secret,
            Console console,
            Duration repeat) {
        this.resourceManager = resourceManager;
        this.application = application;
        this.secret = secret;
        this.console = console;
        this.progress = new ProgressView(console, repeat);
        this.masterWait = new MasterWait(resourceManager);
        this.standardOutput = new LogFollower(TailRequest.Stream.STDOUT, console::passOut);
        this.standardError = new LogFollower(TailRequest.Stream.STDERR, console::passErr);
    }

    /** Returns when the application has ended and all that it wrote was shown. */
    public Ending follow() {
        long reachedAt = System.nanoTime();
        while (true) {
            Optional<ApplicationReport> report = report();
            if (report.isPresent()) {
                reachedAt = System.nanoTime();
                Optional<Ending> ending = step(report.get());
                if (ending.isPresent()) {
                    console.status(List.of());
                    sayWhatIsCut();
                    return ending.get();
                }
            } else if (System.nanoTime() - reachedAt > PATIENCE_WITH_RESOURCE_MANAGER.toNanos()) {
                return Ending.lost("The ResourceManager cannot be reached any more. Ask it later: yarn-submit --status "
                        + application + ".");
            }
            pace.pause();
        }
    }

    /** What was never seen to run may have written nothing. */
    private void sayWhatIsCut() {
        if (attempt != 0 && !(standardOutput.whole() && standardError.whole())) {
            console.say("The end of the driver's output did not arrive here. All of it: yarn-submit --logs "
                    + application + ".");
        }
    }

    /** Asks the application to end by itself; one that does not answer yet is killed. */
    public void cancel(String by) {
        Optional<ControlLink> master = control;
        try {
            if (master.isPresent()) {
                master.get().cancel(by);
                return;
            }
        } catch (StatusRuntimeException e) {
            console.say("The application does not answer (" + e.getStatus().getCode() + "), so it is killed.");
        }
        kill(by);
    }

    public void kill(String by) {
        resourceManager.kill(application, "Killed by " + by + ".");
    }

    private Optional<ApplicationReport> report() {
        try {
            return Optional.of(resourceManager.report(application));
        } catch (RaddleException e) {
            if (e.fault() instanceof Cause.InvalidInput) {
                throw e;
            }
            console.detail(e.fault().sentences());
            return Optional.empty();
        }
    }

    private Optional<Ending> step(ApplicationReport report) {
        announce(report);
        Optional<Ending> ending = mayAnswer(report) ? watch(report, secret.get()) : Optional.empty();
        return ending.isEmpty() && ended(report) ? Optional.of(Ending.of(report)) : ending;
    }

    /** A short application may be over before it was seen to run; its master still waits with the last output. */
    private boolean mayAnswer(ApplicationReport report) {
        boolean up = report.getYarnApplicationState() == YarnApplicationState.RUNNING
                || report.getYarnApplicationState() == YarnApplicationState.FINISHED;
        return up && secret.isPresent() && report.getRpcPort() > 0;
    }

    private void announce(ApplicationReport report) {
        YarnApplicationState state = report.getYarnApplicationState();
        if (announced.isEmpty() || announced.get() != state) {
            announced = Optional.of(state);
            boolean plain = state == YarnApplicationState.ACCEPTED || state == YarnApplicationState.RUNNING;
            // A later attempt of the driver is spoken of when it answers.
            if (plain && attempt == 0) {
                console.say(application + " " + state);
            }
            pace.restart();
        }
        if (state == YarnApplicationState.ACCEPTED) {
            progress.wait(masterWait.sentences(report, Pace.millis()), Pace.millis());
        }
    }

    /** Everything while one master can be spoken to; empty when it vanished without an end. */
    private Optional<Ending> watch(ApplicationReport report, Secret presented) {
        try (ControlLink link = ControlLink.open(report.getHost(), report.getRpcPort(), presented)) {
            control = Optional.of(link);
            beginAttempt(report.getCurrentApplicationAttemptId().getAttemptId());
            List<Thread> logs = List.of(standardOutput.start(link), standardError.start(link));
            Optional<ApplicationStatus> last = untilEnd(link, report);
            if (last.isEmpty()) {
                return Optional.empty();
            }
            Pace.join(logs, () -> standardOutput.moves(STALL_MILLIS) || standardError.moves(STALL_MILLIS));
            link.farewell();
            return Optional.of(confirmed(last.get()));
        } finally {
            control = Optional.empty();
        }
    }

    private void beginAttempt(int number) {
        if (attempt != 0 && attempt != number) {
            console.say("The driver starts again, attempt " + number + ".");
            standardOutput.restart();
            standardError.restart();
            progress.restart();
        }
        attempt = number;
    }

    private Optional<ApplicationStatus> untilEnd(ControlLink link, ApplicationReport report) {
        reach.trying(Pace.millis());
        try {
            for (Iterator<ApplicationStatus> changes = link.watch(); changes.hasNext(); ) {
                ApplicationStatus status = changes.next();
                reach.answered();
                progress.show(status, Pace.millis());
                switch (status.getState()) {
                    case SUCCEEDED, FAILED, KILLED -> {
                        return Optional.of(status);
                    }
                    default -> {}
                }
            }
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
                throw ControlLink.refused(e);
            }
            console.detail("The connection to the application broke: " + e.getStatus());
            if (report.getYarnApplicationState() == YarnApplicationState.RUNNING) {
                String address = report.getHost() + ":" + report.getRpcPort();
                reach.failed(address, String.valueOf(e.getStatus().getCode()), Pace.millis())
                        .ifPresent(console::say);
            }
        }
        return Optional.empty();
    }

    /** The end counts when the ResourceManager has it too; it may know better, as after a kill. */
    private Ending confirmed(ApplicationStatus last) {
        long deadline = System.nanoTime() + CONFIRMATION.toNanos();
        pace.restart();
        while (System.nanoTime() < deadline) {
            Optional<ApplicationReport> report = report();
            if (report.isPresent() && report.get().getYarnApplicationState() == YarnApplicationState.KILLED) {
                return Ending.of(report.get());
            }
            if (report.isPresent() && report.get().getFinalApplicationStatus() != FinalApplicationStatus.UNDEFINED) {
                break;
            }
            pace.pause();
        }
        return Ending.of(last);
    }

    private static boolean ended(ApplicationReport report) {
        return switch (report.getYarnApplicationState()) {
            case FINISHED, FAILED, KILLED -> true;
            default -> false;
        };
    }
}
