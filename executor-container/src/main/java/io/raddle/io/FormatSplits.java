package io.raddle.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.task.JobContextImpl;

/** Asks InputFormats for their splits, in the driver. Stateless; runs code of the user. */
public final class FormatSplits {
    private static final Comparator<org.apache.hadoop.mapred.FileSplit> OLD_ORDER = Comparator.comparing(
                    org.apache.hadoop.mapred.FileSplit::getPath)
            .thenComparing(org.apache.hadoop.mapred.FileSplit::getStart);
    private static final Comparator<FileSplit> ORDER =
            Comparator.comparing(FileSplit::getPath).thenComparing(FileSplit::getStart);

    private FormatSplits() {}

    /** The splits of an InputFormat of the old API, about as many as asked for. */
    public static List<LocatedSplit> old(Class<?> type, JobConf job, int minPartitions) {
        org.apache.hadoop.mapred.InputFormat<?, ?> format =
                HadoopClasses.instance(type, org.apache.hadoop.mapred.InputFormat.class, job);
        List<LocatedSplit> splits = new ArrayList<>();
        try {
            List<org.apache.hadoop.mapred.InputSplit> planned = Arrays.asList(format.getSplits(job, minPartitions));
            inOrder(planned, org.apache.hadoop.mapred.FileSplit.class, OLD_ORDER);
            for (org.apache.hadoop.mapred.InputSplit split : planned) {
                splits.add(SplitCodec.encode(split, split.getLocations()));
            }
        } catch (IOException | RuntimeException e) {
            throw FormatTrouble.of("the splits of " + type.getName() + " were planned", e);
        }
        return splits;
    }

    /** The splits of an InputFormat of the new API. */
    public static List<LocatedSplit> modern(Class<?> type, Configuration configuration) {
        org.apache.hadoop.mapreduce.InputFormat<?, ?> format =
                HadoopClasses.instance(type, org.apache.hadoop.mapreduce.InputFormat.class, configuration);
        JobContext job = new JobContextImpl(configuration, new JobID());
        List<LocatedSplit> splits = new ArrayList<>();
        try {
            List<org.apache.hadoop.mapreduce.InputSplit> planned = new ArrayList<>(format.getSplits(job));
            inOrder(planned, FileSplit.class, ORDER);
            for (org.apache.hadoop.mapreduce.InputSplit split : planned) {
                splits.add(SplitCodec.encode(split, split.getLocations()));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw FormatTrouble.of("the splits of " + type.getName() + " were planned", e);
        }
        return splits;
    }

    /** Parts of files by name and place: local file systems list files in any order. Other splits stay as they are. */
    private static <S, F extends S> void inOrder(List<S> splits, Class<F> part, Comparator<F> order) {
        if (splits.stream().allMatch(part::isInstance)) {
            splits.sort(Comparator.comparing(part::cast, order));
        }
    }
}
