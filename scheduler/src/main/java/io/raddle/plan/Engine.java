package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.id.ShuffleId;
import io.raddle.io.OutputJob;
import io.raddle.io.OutputMaker;
import io.raddle.io.SplitSize;
import io.raddle.proto.Artifact;
import io.raddle.proto.Definitions;
import io.raddle.proto.Storage;
import io.raddle.serde.RecordFormat;
import io.raddle.shared.Accumulator;
import io.raddle.shared.Broadcast;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/** What a session stands on: runs jobs over lineage and hands out what lineage is made with. Safe for all threads. */
public interface Engine extends AutoCloseable {
    /** How many partitions a source makes when nobody says. */
    int defaultPartitions();

    /** How many partitions a shuffle makes when the program does not say; empty when as many as its largest input. */
    OptionalInt givenPartitions();

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

    /** Keeps the partitions of this node in jobs that are planned from now on; {@code level} has no number yet. */
    void persist(Lineage node, Storage level);

    /** Keeps them no more, and lets go of those that are kept; what is returned waits until all executors have. */
    Runnable unpersist(Lineage node);

    /**
     * The records of this node come from {@code source}, which holds the same, in jobs that are planned from now on; answers
     * false when they do not, since a stage that later jobs share computes it.
     */
    boolean replace(Lineage node, Operation source);

    /** Keeps a content for executors. */
    Artifact publish(String name, ByteString content);

    /** Makes the classes of a prompt known to the functions of jobs that are planned from now on, in place of earlier ones. */
    void define(Definitions classes);

    /**
     * Has tasks of jobs that are planned from now on find the classes of this jar before all others; what was added under the
     * same name before is replaced.
     */
    void addJar(String name, ByteString content);

    /** Makes a value known to executors; {@code site} is what the program called and where. */
    <T> Broadcast<T> broadcast(T value, CallSite site);

    /** Keeps {@code owners} reachable as long as this frozen function is. */
    void keep(ByteString frozen, List<Object> owners);

    /** Makes an accumulator known; an empty name is none. */
    void register(Accumulator<?, ?> accumulator, String name);

    /** Plans a job on the calling thread and starts it. */
    JobRun start(JobRequest job);

    /** The jobs of this session, what they are known by, and the state of the application that runs them. */
    SessionJobs jobs();

    @Override
    void close();
}
