package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.io.FileSplits;
import io.raddle.io.FormatSplits;
import io.raddle.io.LocatedSplit;
import io.raddle.io.NamedPath;
import io.raddle.io.TextSplits;
import io.raddle.plan.InputSplit;
import io.raddle.plan.Lineage;
import io.raddle.plan.Operation;
import io.raddle.proto.HadoopSource;
import io.raddle.proto.HadoopSource.Reader;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.SequenceFileInputFormat;

/** How what a session reads becomes lineage: files are looked up now, on the caller's thread, and read by tasks. */
final class Sources {
    private Sources() {}

    static Lineage text(Session session, String path, int minPartitions) {
        List<InputSplit> splits =
                TextSplits.of(
                                path,
                                minPartitions,
                                session.engine().textSplits(),
                                session.hadoop().current())
                        .stream()
                        .map(split -> new InputSplit(split.toProto(), split.hosts()))
                        .toList();
        return Lineage.text(
                session.origin(CallSite.here()), splits, session.hadoop().entries());
    }

    static Lineage whole(Session session, Reader reader, String path, int minPartitions) {
        List<LocatedSplit> splits = FileSplits.whole(
                path,
                minPartitions,
                session.engine().textSplits(),
                session.hadoop().current());
        return files(session, HadoopSource.newBuilder().setReader(reader), splits);
    }

    static Lineage records(Session session, String path, int recordBytes) {
        List<LocatedSplit> splits = FileSplits.records(
                path,
                recordBytes,
                session.defaultParallelism(),
                session.engine().textSplits(),
                session.hadoop().current());
        return files(
                session,
                HadoopSource.newBuilder().setReader(Reader.FIXED_RECORDS).setRecordBytes(recordBytes),
                splits);
    }

    static Lineage objects(Session session, String path, int minPartitions) {
        List<LocatedSplit> splits = FileSplits.objects(
                path,
                minPartitions,
                session.engine().textSplits(),
                session.hadoop().current());
        return files(session, HadoopSource.newBuilder().setReader(Reader.OBJECTS), splits);
    }

    static Lineage sequence(Session session, String path, Class<?> key, Class<?> value, int minPartitions) {
        return oldFiles(session, path, SequenceFileInputFormat.class, key, value, minPartitions);
    }

    static Lineage oldFiles(
            Session session, String path, Class<?> format, Class<?> key, Class<?> value, int minPartitions) {
        JobConf job = new JobConf(session.hadoop().current());
        FileInputFormat.setInputPaths(job, NamedPath.given(path));
        return old(session, job, format, key, value, minPartitions);
    }

    static Lineage old(
            Session session, Configuration given, Class<?> format, Class<?> key, Class<?> value, int minPartitions) {
        JobConf job = new JobConf(SessionHadoop.copy(given));
        // Planning may change the configuration, as it may in a job of Hadoop, and readers see what it left there.
        List<LocatedSplit> splits = FormatSplits.old(format, job, minPartitions);
        return formatted(session, Reader.OLD_FORMAT, job, format, key, value, splits);
    }

    static Lineage modernFiles(
            Session session, String path, Class<?> format, Class<?> key, Class<?> value, Configuration given) {
        JobConf job = new JobConf(given);
        FileInputFormat.setInputPaths(job, NamedPath.given(path));
        return modern(session, job, format, key, value);
    }

    static Lineage modern(Session session, Configuration given, Class<?> format, Class<?> key, Class<?> value) {
        Configuration job = SessionHadoop.copy(given);
        List<LocatedSplit> splits = FormatSplits.modern(format, job);
        return formatted(session, Reader.NEW_FORMAT, job, format, key, value, splits);
    }

    /** The pairs of an InputFormat, replaced by what a function makes of each split. */
    static Lineage perSplit(PairRdd<?, ?> pairs, Object function) {
        CallSite site = CallSite.here();
        ByteString frozen = pairs.session.freeze(function, site);
        if (!(pairs.lineage.operation() instanceof Operation.Formatted formatted)
                || formatted.source().getFormat().isEmpty()) {
            throw new RaddleException(new Cause.InvalidInput(
                    "mapPartitionsWithInputSplit was called on an Rdd whose partitions are not splits of an InputFormat.",
                    "Call it on what hadoopFile, hadoopRdd, newAPIHadoopFile, newAPIHadoopRdd or sequenceFile gave."));
        }
        return Lineage.formatted(
                pairs.session.origin(site),
                formatted.source().toBuilder().setPerSplit(frozen).build(),
                formatted.splits());
    }

    private static Lineage formatted(
            Session session,
            Reader reader,
            Configuration job,
            Class<?> format,
            Class<?> key,
            Class<?> value,
            List<LocatedSplit> splits) {
        HadoopSource.Builder source = HadoopSource.newBuilder()
                .setReader(reader)
                .setFormat(format.getName())
                .setKeyClass(key.getName())
                .setValueClass(value.getName());
        return lineage(session, source, session.hadoop().entries(job), splits);
    }

    private static Lineage files(Session session, HadoopSource.Builder source, List<LocatedSplit> splits) {
        return lineage(session, source, session.hadoop().entries(), splits);
    }

    private static Lineage lineage(
            Session session, HadoopSource.Builder source, Map<String, String> entries, List<LocatedSplit> splits) {
        return Lineage.formatted(
                session.origin(CallSite.here()),
                source.putAllConfiguration(entries).build(),
                splits);
    }
}
