package io.raddle.executor;

import io.raddle.function.Function2;
import io.raddle.io.SplitCodec;
import io.raddle.io.SplitRecords;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.HadoopSource;
import io.raddle.proto.HadoopSource.Reader;
import io.raddle.proto.HadoopSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/** Opens the split of a {@link HadoopSource} for one task, through the function over its pairs when there is one. */
record FormatSource(HadoopSource source, HadoopSplit split, Configuration configuration) {
    @SuppressWarnings("unchecked")
    Iterator<?> open(Application application, TaskMemory memory, TaskCounters counters) throws Exception {
        SplitRecords records = SplitRecords.of(source, split, configuration, application.format(), counters::bytesIn);
        memory.closeAtEnd(() -> {
            try {
                records.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        if (source.getPerSplit().isEmpty()) {
            return records;
        }
        Class<?> kind = source.getReader() == Reader.OLD_FORMAT
                ? org.apache.hadoop.mapred.InputSplit.class
                : org.apache.hadoop.mapreduce.InputSplit.class;
        return ((Function2<Object, Iterator<?>, Iterator<?>>) application.decode(source.getPerSplit()))
                .call(SplitCodec.decode(split, kind, configuration), records);
    }
}
