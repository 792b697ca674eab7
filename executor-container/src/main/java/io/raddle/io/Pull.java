package io.raddle.io;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Records that are pulled out of something one at a time. Failures are thrown typed. Belongs to one thread. */
interface Pull extends Closeable {
    /** Stands for no further record. */
    Object END = new Object();

    /** The next record, which may be null, or {@link #END}. */
    @Nullable
    Object next();
}
