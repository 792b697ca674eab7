package io.raddle.endpoint;

import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import java.util.Optional;

/** An application that stands as a test says. */
final class FakeApplication implements Supervised {
    private volatile ApplicationStatus status =
            ApplicationStatus.newBuilder().setState(State.RUNNING).build();
    private volatile Optional<String> cancelledBy = Optional.empty();

    void stands(ApplicationStatus.Builder now) {
        status = now.build();
    }

    Optional<String> cancelledBy() {
        return cancelledBy;
    }

    @Override
    public ApplicationStatus status() {
        return status;
    }

    @Override
    public void cancel(String by) {
        cancelledBy = Optional.of(by);
    }
}
