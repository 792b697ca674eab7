package io.raddle.io;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lines of text, one after the other. Belongs to one thread. */
interface Lines extends Closeable {
    /** The next line without its end, or null when the last one was read. */
    @Nullable
    String next() throws IOException;
}
