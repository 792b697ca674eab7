package io.raddle.io;

import io.raddle.proto.HadoopSource;
import io.raddle.proto.HadoopSplit;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/** The pairs of a split of a new InputFormat, copied, since readers fill the same Writables for every record. */
final class NewFormatInput implements Pull {
    private final InputSplit split;
    private final RecordReader<Object, Object> reader;
    private final PairParts parts;
    private final LongConsumer bytesRead;

    private NewFormatInput(
            InputSplit split, RecordReader<Object, Object> reader, PairParts parts, LongConsumer bytesRead) {
        this.split = split;
        this.reader = reader;
        this.parts = parts;
        this.bytesRead = bytesRead;
    }

    @SuppressWarnings("unchecked") // the format's own types are what its reader gives
    static NewFormatInput open(
            HadoopSource source, HadoopSplit located, Configuration configuration, LongConsumer bytesRead) {
        InputFormat<Object, Object> format =
                HadoopClasses.instance(source.getFormat(), InputFormat.class, configuration);
        InputSplit split = SplitCodec.decode(located, InputSplit.class, configuration);
        TaskAttemptContext context = new TaskAttemptContextImpl(configuration, new TaskAttemptID());
        try {
            RecordReader<Object, Object> reader = format.createRecordReader(split, context);
            reader.initialize(split, context);
            return new NewFormatInput(
                    split, reader, new PairParts(source, split.toString(), Reused.YES, configuration), bytesRead);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw FormatTrouble.of(split + " was opened", e);
        }
    }

    @Override
    public Object next() {
        try {
            if (reader.nextKeyValue()) {
                return parts.pair(reader.getCurrentKey(), reader.getCurrentValue());
            }
            bytesRead.accept(split.getLength());
            return END;
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw FormatTrouble.of(split + " was read", e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
