package io.raddle.yarn.client.watch;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.CancelRequest;
import io.raddle.proto.ControlGrpc;
import io.raddle.proto.FarewellRequest;
import io.raddle.proto.LogChunk;
import io.raddle.proto.StatusRequest;
import io.raddle.proto.TailRequest;
import io.raddle.wire.GuardedChannel;
import io.raddle.wire.Secret;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** The Control service of one master. Thread-safe; a call fails with the status of gRPC when the master is gone. */
public final class ControlLink implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final GuardedChannel channel;
    private final ControlGrpc.ControlBlockingStub stub;
    private final Duration answer;

    private ControlLink(GuardedChannel channel, Duration answer) {
        this.channel = channel;
        this.stub = ControlGrpc.newBlockingStub(channel.channel());
        this.answer = answer;
    }

    public static ControlLink open(String host, int port, Secret control) {
        return open(host, port, control, ANSWER);
    }

    /** The same with another patience for answers that do not depend on what the application does. */
    static ControlLink open(String host, int port, Secret control, Duration answer) {
        return new ControlLink(GuardedChannel.open(host, port, control), answer);
    }

    public ApplicationStatus status() {
        return bounded().status(StatusRequest.getDefaultInstance());
    }

    /** A status whenever something changed, until the application ends. */
    Iterator<ApplicationStatus> watch() {
        requireAnswer();
        return stub.watch(StatusRequest.getDefaultInstance());
    }

    /** All that the driver has written to one of its streams by now. */
    public Iterator<LogChunk> output(TailRequest.Stream stream) {
        requireAnswer();
        return stub.tailLog(TailRequest.newBuilder().setStream(stream).build());
    }

    /** What the driver writes to one of its streams from there on, until it ends. */
    Iterator<LogChunk> follow(TailRequest.Stream stream, long offsetBytes) {
        return stub.tailLog(TailRequest.newBuilder()
                .setStream(stream)
                .setOffsetBytes(offsetBytes)
                .setFollow(true)
                .build());
    }

    public void cancel(String by) {
        bounded().cancel(CancelRequest.newBuilder().setBy(by).build());
    }

    /** The master may go; that it is gone already is no failure. */
    void farewell() {
        try {
            bounded().farewell(FarewellRequest.getDefaultInstance());
        } catch (StatusRuntimeException gone) {
            // The end of the master is what is asked for.
        }
    }

    /** What to say when a call was answered with UNAUTHENTICATED. */
    public static RaddleException refused(StatusRuntimeException unauthenticated) {
        return new RaddleException(
                new Cause.ClusterRefused(
                        "The application refused our secret.",
                        "Only the user who submitted it can follow it; yarn application -status shows what others may see."),
                unauthenticated);
    }

    /** Whether it comes from {@link #refused}. */
    public static boolean isRefusal(RaddleException e) {
        return e.getCause() instanceof StatusRuntimeException answer
                && answer.getStatus().getCode() == Status.Code.UNAUTHENTICATED;
    }

    /** A process that stands still takes connections, whose first call waits for ever: keep-alive begins after it. */
    private void requireAnswer() {
        status();
    }

    private ControlGrpc.ControlBlockingStub bounded() {
        return stub.withDeadlineAfter(answer.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        channel.close();
    }
}
