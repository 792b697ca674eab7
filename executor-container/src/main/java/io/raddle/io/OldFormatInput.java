package io.raddle.io;

import io.raddle.proto.HadoopSource;
import io.raddle.proto.HadoopSplit;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.InputFormat;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordReader;
import org.apache.hadoop.mapred.Reporter;

/** The pairs of a split of an old InputFormat. Each record is read into objects of its own. */
final class OldFormatInput implements Pull {
    private final InputSplit split;
    private final RecordReader<Object, Object> reader;
    private final PairParts parts;
    private final LongConsumer bytesRead;

    private OldFormatInput(
            InputSplit split, RecordReader<Object, Object> reader, PairParts parts, LongConsumer bytesRead) {
        this.split = split;
        this.reader = reader;
        this.parts = parts;
        this.bytesRead = bytesRead;
    }

    @SuppressWarnings("unchecked") // the format's own types are what its reader gives
    static OldFormatInput open(
            HadoopSource source, HadoopSplit located, Configuration configuration, LongConsumer bytesRead) {
        JobConf job = new JobConf(configuration);
        InputFormat<Object, Object> format = HadoopClasses.instance(source.getFormat(), InputFormat.class, job);
        InputSplit split = SplitCodec.decode(located, InputSplit.class, job);
        try {
            RecordReader<Object, Object> reader = format.getRecordReader(split, job, Reporter.NULL);
            return new OldFormatInput(
                    split, reader, new PairParts(source, split.toString(), Reused.NO, job), bytesRead);
        } catch (IOException | RuntimeException e) {
            throw FormatTrouble.of(split + " was opened", e);
        }
    }

    @Override
    public Object next() {
        try {
            Object key = reader.createKey();
            Object value = reader.createValue();
            if (reader.next(key, value)) {
                return parts.pair(key, value);
            }
            bytesRead.accept(split.getLength());
            return END;
        } catch (IOException | RuntimeException e) {
            throw FormatTrouble.of(split + " was read", e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
