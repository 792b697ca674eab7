package io.raddle.pipeline;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.Iterator;

/** An iterator that a function of the user returned: what it throws is the user's, and it may never end by itself. */
final class UserIterator implements Iterator<Object> {
    private final Iterator<?> records;
    private final KillSwitch killSwitch;

    private UserIterator(Iterator<?> records, KillSwitch killSwitch) {
        this.records = records;
        this.killSwitch = killSwitch;
    }

    /** What a function over a whole partition returned. */
    static UserIterator of(Iterator<?> returned, KillSwitch killSwitch) {
        if (returned == null) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A function over a partition returned null instead of an iterator.",
                    "Return Collections.emptyIterator() where there are no records."));
        }
        return new UserIterator(returned, killSwitch);
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (RuntimeException e) {
            throw UserFailure.of(e);
        }
    }

    @Override
    public Object next() {
        killSwitch.check();
        try {
            return records.next();
        } catch (RuntimeException e) {
            throw UserFailure.of(e);
        }
    }
}
