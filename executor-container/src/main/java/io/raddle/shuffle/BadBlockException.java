package io.raddle.shuffle;

import java.io.IOException;

/** A piece of a map output is missing, incomplete or not what was written. The next source may have it whole. */
final class BadBlockException extends IOException {
    private static final long serialVersionUID = 1L;

    BadBlockException(String message) {
        super(message);
    }

    BadBlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
