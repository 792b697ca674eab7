package io.raddle.endpoint;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.StageId;
import io.raddle.proto.Artifact;
import io.raddle.proto.DriverFrame;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a driver reaches its executors, whoever carries the frames. A link loses what it holds when it breaks; the two
 * ends number their messages and send again what was not acknowledged. Safe for all threads.
 */
public interface Link {
    /** Says who hears from executors; called once and first. */
    void listen(LinkEvents driver);

    /** Sends a frame to the executor that it names, or drops it when that executor is not attached. */
    void send(DriverFrame frame);

    /** Lets an executor send more: without credit, its frames wait at its own end. */
    void grant(ExecutorId executor, int frames);

    /** Ends an executor's stream with a sentence why; it may attach again. */
    void disconnect(ExecutorId executor, String why);

    /** Keeps a content where executors can fetch it until {@link #withdraw}. */
    Artifact publish(String name, ByteString content);

    /** Keeps a file, which must not change, where executors can fetch it until {@link #withdraw}. */
    Artifact publish(String name, Path file);

    /** Forgets a content that no executor will ask for any more. */
    void withdraw(Artifact artifact);

    /** Executors are told to drop what they have of a broadcast, so none is sent to another for it. */
    void forgetBroadcast(int broadcast);

    /**
     * Brings the result that an attempt pushed before it reported to where {@link #takeResult} finds it, whatever becomes of
     * those who carry frames. Tells, on any thread and perhaps before it returns, that it is here, or else why it is not.
     */
    void bringResult(AttemptId attempt, Consumer<Optional<Cause>> brought);

    /** A result that was brought, once; empty when it is not here (any more). */
    Optional<ByteString> takeResult(AttemptId attempt);

    /** Drops the result that an attempt pushed, unread; nothing happens when it is not here. */
    void dropResult(AttemptId attempt);

    /** Drops what attempts of this stage pushed, and what they still will: nobody takes it any more. */
    void forgetResults(StageId stage);
}
