package io.raddle.serde;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;

/** The error of a record that does not fit into one array. */
final class TooLarge {
    private TooLarge() {}

    static RaddleException record() {
        return new RaddleException(new Cause.InvalidInput(
                "A record takes more than 2 GiB when it is serialized.", "Split it into smaller records."));
    }
}
