package io.raddle.io;

import io.raddle.id.AttemptId;
import io.raddle.proto.Output;
import io.raddle.serde.RecordFormat;
import java.io.Closeable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt writes. Invisible until {@link #commit()}, which the driver must have granted; closing without it
 * removes what was written. Belongs to the thread of its task.
 */
public interface TaskOutput extends Closeable {
    /** Appends a record. */
    void write(@Nullable Object record);

    /** Everything is written and closed; nothing is visible yet. */
    void finish();

    /** Bytes of records so far, before compression, where they are known. */
    long bytesWritten();

    /** Makes this attempt the task's output. */
    void commit();

    /** Begins the output of an attempt. {@code configuration} is its own, with the user's class loader. */
    static TaskOutput open(Output output, AttemptId attempt, Configuration configuration, RecordFormat format) {
        return switch (output.getForm()) {
            case LINES -> TextOutput.open(output, attempt, configuration);
            case OBJECTS -> ObjectOutput.open(output, attempt, configuration, format);
            default -> FormatOutput.open(output, attempt, configuration);
        };
    }
}
