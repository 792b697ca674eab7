package io.raddle.yarn.shell;

import io.raddle.loader.ExitHandler;
import java.util.OptionalInt;

/** Whether lines called System.exit. Thread-safe. */
final class Exits implements ExitHandler {
    private volatile OptionalInt code = OptionalInt.empty();

    @Override
    public synchronized void exit(int asked) {
        if (code.isEmpty()) {
            code = OptionalInt.of(asked);
        }
    }

    /** What the first asked for. */
    OptionalInt code() {
        return code;
    }
}
