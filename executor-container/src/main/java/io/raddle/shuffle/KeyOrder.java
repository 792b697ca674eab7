package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;

/** What can be wrong with an order of keys. */
final class KeyOrder {
    private KeyOrder() {}

    /** What to throw for {@code e}: the JDK's sort says in this way that a comparator contradicts itself. */
    static RuntimeException contradictory(IllegalArgumentException e) {
        StackTraceElement[] frames = e.getStackTrace();
        if (frames.length == 0 || !frames[0].getClassName().startsWith("java.util.TimSort")) {
            return e;
        }
        return new RaddleException(
                new Cause.InvalidInput(
                        "The comparator of keys contradicts itself.",
                        "Mend it: it must be transitive, and the sign of compare(a, b) opposite to that of compare(b, a)."),
                e);
    }
}
