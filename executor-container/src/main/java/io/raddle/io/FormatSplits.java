package io.raddle.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.task.JobContextImpl;

/** Asks InputFormats for their splits, in the driver. Stateless; runs code of the user. */
public final class FormatSplits {
    private FormatSplits() {}

    /** The splits of an InputFormat of the old API, about as many as asked for. */
    public static List<LocatedSplit> old(Class<?> type, JobConf job, int minPartitions) {
        org.apache.hadoop.mapred.InputFormat<?, ?> format =
                HadoopClasses.instance(type, org.apache.hadoop.mapred.InputFormat.class, job);
        List<LocatedSplit> splits = new ArrayList<>();
        try {
            for (org.apache.hadoop.mapred.InputSplit split : format.getSplits(job, minPartitions)) {
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
            for (org.apache.hadoop.mapreduce.InputSplit split : format.getSplits(job)) {
                splits.add(SplitCodec.encode(split, split.getLocations()));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw FormatTrouble.of("the splits of " + type.getName() + " were planned", e);
        }
        return splits;
    }
}
