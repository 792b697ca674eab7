package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;

/** What can be wrong with an order of keys. */
final class KeyOrder {
    private KeyOrder() {}

    /** The error of a comparator that contradicts itself. */
    static RaddleException contradictory(IllegalArgumentException e) {
        return new RaddleException(
                new Cause.InvalidInput(
                        "The comparator of keys contradicts itself.",
                        "Mend it: it must be transitive, and the sign of compare(a, b) opposite to that of compare(b, a)."),
                e);
    }
}
