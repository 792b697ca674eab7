package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.id.ShuffleId;
import io.raddle.io.OutputJob;
import io.raddle.io.OutputMaker;
import io.raddle.io.SplitSize;
import io.raddle.proto.Artifact;
import io.raddle.serde.RecordFormat;
import org.apache.hadoop.conf.Configuration;

/** What a session stands on: runs jobs over lineage and hands out what lineage is made with. Safe for all threads. */
public interface Engine extends AutoCloseable {
    /** How many partitions an operation makes when nobody says. */
    int defaultPartitions();

    /** How file systems are found. */
    Configuration hadoop();

    /** How large the splits of text files are. */
    SplitSize textSplits();

    /** The driver's side of an output directory. */
    OutputJob output(String directory);

    /** Who makes the outputs of this program. */
    OutputMaker maker();

    /** How records of the program's classes become bytes. */
    RecordFormat records();

    /** A number for a node of lineage, never used before. */
    int nextNode();

    /** A shuffle, never used before. */
    ShuffleId nextShuffle();

    /** Frees what the engine keeps for this node when the program cannot reach it any more. */
    void track(Lineage node);

    /** Keeps a content for executors. */
    Artifact publish(String name, ByteString content);

    /** Plans a job on the calling thread and starts it. */
    JobRun start(JobRequest job);

    @Override
    void close();
}
