package io.raddle.io;

import io.raddle.proto.FileSplit;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a part of a file whose codec can begin at any of its blocks. Which lines are a part's is told by block
 * marks of the codec, a protocol that Hadoop's reader knows.
 */
final class BlockLines implements Lines {
    private final LineRecordReader reader;
    private final LongConsumer bytesRead;

    private BlockLines(LineRecordReader reader, LongConsumer bytesRead) {
        this.reader = reader;
        this.bytesRead = bytesRead;
    }

    static BlockLines open(FileSplit split, Configuration configuration, LongConsumer bytesRead) throws IOException {
        // Lines end as they do in files that are not compressed: a lone carriage return is part of its line.
        LineRecordReader reader = new LineRecordReader(new byte[] {'\n'});
        reader.initialize(
                new org.apache.hadoop.mapreduce.lib.input.FileSplit(
                        new Path(split.getPath()), split.getOffsetBytes(), split.getLengthBytes(), new String[0]),
                new TaskAttemptContextImpl(configuration, new TaskAttemptID()));
        return new BlockLines(reader, bytesRead);
    }

    @Override
    public @Nullable String next() throws IOException {
        if (!reader.nextKeyValue()) {
            return null;
        }
        Text line = reader.getCurrentValue();
        int length = line.getLength();
        bytesRead.accept(length + 1L);
        boolean carriageReturn = length > 0 && line.getBytes()[length - 1] == '\r';
        return Text.decode(line.getBytes(), 0, carriageReturn ? length - 1 : length, true);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
