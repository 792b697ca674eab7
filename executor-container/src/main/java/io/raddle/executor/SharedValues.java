package io.raddle.executor;

import io.raddle.broadcast.Broadcasts;
import io.raddle.config.Keys;
import io.raddle.proto.Welcome;

/** What all tasks of this executor share with the program. Thread-safe. */
final class SharedValues {
    private final ExecutorIdentity identity;
    private final Broadcasts broadcasts;
    private volatile long maxUpdateBytes = Keys.ACCUMULATOR_MAX.read(Keys.ACCUMULATOR_MAX.defaultText());

    SharedValues(ExecutorIdentity identity, Broadcasts broadcasts) {
        this.identity = identity;
        this.broadcasts = broadcasts;
    }

    void welcomed(Welcome welcome, boolean ofAnotherDriver) {
        if (ofAnotherDriver) {
            broadcasts.dropAll();
        }
        maxUpdateBytes = Keys.ACCUMULATOR_MAX.read(welcome.getConfigurationMap()
                .getOrDefault(Keys.ACCUMULATOR_MAX.name(), Keys.ACCUMULATOR_MAX.defaultText()));
    }

    /** What this attempt shows to user code. */
    RunningTask task(TaskAttempt attempt, Application application) {
        return new RunningTask(attempt, identity, name -> broadcasts.value(name, application.format()), maxUpdateBytes);
    }
}
