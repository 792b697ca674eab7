package io.raddle.driver;

import io.raddle.endpoint.Supervised;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How the application stands: its state as the host tells it, its work as the driver last published it. Thread-safe. */
public final class ApplicationRecord implements Supervised {
    private final long startNanos = System.nanoTime();
    private final List<Consumer<String>> cancelled = new CopyOnWriteArrayList<>();
    private volatile Supplier<ApplicationStatus> work = ApplicationStatus::getDefaultInstance;
    private volatile Optional<String> cancelledBy = Optional.empty();
    private volatile Optional<ApplicationStatus> end = Optional.empty();

    /** Where the work is read from. */
    public void observe(Supplier<ApplicationStatus> driver) {
        work = driver;
    }

    /** Calls {@code action} when somebody cancels the application, at once when somebody did. */
    public void onCancel(Consumer<String> action) {
        cancelled.add(action);
        cancelledBy.ifPresent(action);
    }

    /** The application has ended; only the first end counts. */
    public synchronized void ended(State state, int exitCode, Optional<Cause> cause) {
        if (end.isPresent()) {
            return;
        }
        ApplicationStatus.Builder last =
                snapshot().setState(state).setExitCode(exitCode).clearWaiting();
        cause.map(CauseCodec::encode).ifPresent(last::setCause);
        end = Optional.of(last.build());
    }

    Optional<String> cancelledBy() {
        return cancelledBy;
    }

    @Override
    public ApplicationStatus status() {
        return end.orElseGet(() -> snapshot().build());
    }

    @Override
    public void cancel(String by) {
        if (cancelledBy.isEmpty()) {
            cancelledBy = Optional.of(by);
            cancelled.forEach(action -> action.accept(by));
        }
    }

    private ApplicationStatus.Builder snapshot() {
        ApplicationStatus.Builder now = work.get().toBuilder();
        if (cancelledBy.isPresent()) {
            now.setState(State.CANCELLING);
        } else if (now.getState() == State.STATE_UNSPECIFIED) {
            now.setState(State.STARTING);
        }
        return now.setElapsedMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
    }
}
