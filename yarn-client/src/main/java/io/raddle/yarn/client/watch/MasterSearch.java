package io.raddle.yarn.client.watch;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.relay.MasterFinder;
import io.raddle.yarn.client.hadoop.ResourceManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/** Finds an application's master by the ResourceManager's report. Used by one thread, but for what it says of waiting. */
public final class MasterSearch implements MasterFinder {
    private final ResourceManager resourceManager;
    private final ApplicationId application;
    private final Consumer<String> console;
    private final MasterWait masterWait;
    private Optional<YarnApplicationState> announced = Optional.empty();
    private volatile List<String> waiting = List.of();

    /** {@code console} hears of each new state of the application. */
    public MasterSearch(ResourceManager resourceManager, ApplicationId application, Consumer<String> console) {
        this.resourceManager = resourceManager;
        this.application = application;
        this.console = console;
        this.masterWait = new MasterWait(resourceManager);
    }

    /** Why there is no master yet, one sentence each. Any thread. */
    public List<String> waiting() {
        return waiting;
    }

    @Override
    public Optional<Address> find() {
        ApplicationReport report;
        try {
            report = resourceManager.report(application);
        } catch (RaddleException e) {
            if (e.fault() instanceof Cause.InvalidInput) {
                throw e;
            }
            // It may be starting again; whoever searches knows how long to go on.
            return Optional.empty();
        }
        announce(report.getYarnApplicationState());
        waiting = report.getYarnApplicationState() == YarnApplicationState.ACCEPTED
                ? masterWait.sentences(report, Pace.millis())
                : List.of();
        return switch (report.getYarnApplicationState()) {
            case RUNNING ->
                report.getRpcPort() > 0
                        ? Optional.of(new Address(report.getHost(), report.getRpcPort()))
                        : Optional.empty();
            case FINISHED, FAILED, KILLED -> throw new RaddleException(ended(report));
            default -> Optional.empty();
        };
    }

    private void announce(YarnApplicationState state) {
        boolean plain = state == YarnApplicationState.ACCEPTED || state == YarnApplicationState.RUNNING;
        if (plain && announced.filter(state::equals).isEmpty()) {
            announced = Optional.of(state);
            console.accept(application + " " + state);
        }
    }

    private Cause ended(ApplicationReport report) {
        Ending ending = Ending.of(report);
        if (ending.state() == Ending.State.KILLED) {
            return new Cause.Cancelled("YARN, which was asked to kill " + application);
        }
        String reason = ending.reason().isEmpty() ? "is gone." : "is gone: " + ending.reason();
        return new Cause.ClusterRefused(
                "The application master of " + application + " "
                        + Diagnostics.deathOfRelay(report.getDiagnostics()).orElse(reason),
                "Start again, with --max-attempts 2 (raddle.yarn.max.attempts) to have another take over;"
                        + " yarn-submit --status " + application + " says what YARN knows.");
    }
}
