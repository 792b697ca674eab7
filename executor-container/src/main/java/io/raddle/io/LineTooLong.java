package io.raddle.io;

import java.io.IOException;

/** A line that no array can hold. */
final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1L;

    LineTooLong(long offset, int limitBytes) {
        super("a line that begins " + offset + " bytes into the text is longer than " + limitBytes + " bytes");
    }
}
