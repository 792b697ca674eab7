package io.raddle.endpoint;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.id.ExecutorId;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.ExecutorFrame;
import io.raddle.wire.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control streams of executors: one per executor, the newest wins. Passes frames on unread and asks a stream for
 * more only as far as the driver granted. Thread-safe: streams change under one lock, and nothing is called under it.
 */
final class ExecutorStreams {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorStreams.class);

    private final Map<ExecutorId, Stream> streams = new HashMap<>();
    private volatile @Nullable LinkEvents listener;
    private long attachments;

    void listen(LinkEvents driver) {
        listener = driver;
    }

    StreamObserver<ExecutorFrame> attach(ServerCallStreamObserver<DriverFrame> executor) {
        LinkEvents driver = listener;
        if (driver == null) {
            throw Status.UNAVAILABLE.withDescription("The driver is starting.").asRuntimeException();
        }
        Stream stream = new Stream(driver, executor);
        executor.disableAutoRequest();
        executor.setOnCancelHandler(stream::ended);
        executor.request(1);
        return stream;
    }

    void send(DriverFrame frame) {
        stream(new ExecutorId(frame.getExecutor())).ifPresent(stream -> stream.send(frame));
    }

    void grant(ExecutorId executor, int frames) {
        stream(executor).ifPresent(stream -> stream.toExecutor.request(frames));
    }

    void disconnect(ExecutorId executor, String why) {
        stream(executor).ifPresent(stream -> stream.end(Status.ABORTED.withDescription(why)));
    }

    void disconnectAll(String why) {
        all().forEach(stream -> stream.end(Status.ABORTED.withDescription(why)));
    }

    private synchronized List<Stream> all() {
        return List.copyOf(streams.values());
    }

    private synchronized Optional<Stream> stream(ExecutorId executor) {
        return Optional.ofNullable(streams.get(executor));
    }

    private synchronized @Nullable Stream replace(ExecutorId executor, Stream stream, long incarnation) {
        Stream current = streams.get(executor);
        if (current != null && current.attachment != null && current.attachment.incarnation() > incarnation) {
            return stream;
        }
        stream.attachment = new Attachment(executor, incarnation, ++attachments);
        return streams.put(executor, stream);
    }

    private synchronized boolean remove(Stream stream) {
        return stream.attachment != null && streams.remove(stream.attachment.executor(), stream);
    }

    /** One attached executor; frames arrive one at a time. */
    private final class Stream implements StreamObserver<ExecutorFrame> {
        private final LinkEvents driver;
        private final ServerCallStreamObserver<DriverFrame> toExecutor;
        private volatile @Nullable Attachment attachment;
        private boolean over;

        Stream(LinkEvents driver, ServerCallStreamObserver<DriverFrame> toExecutor) {
            this.driver = driver;
            this.toExecutor = toExecutor;
        }

        @Override
        public void onNext(ExecutorFrame frame) {
            Attachment current = attachment;
            if (current == null) {
                first(frame);
            } else if (isCurrent()) {
                driver.received(current, frame);
            }
        }

        private void first(ExecutorFrame frame) {
            if (!frame.hasHello()) {
                end(Status.FAILED_PRECONDITION.withDescription("The first frame of a stream must say hello."));
                return;
            }
            int version = frame.getHello().getProtocolVersion();
            if (version != Protocol.VERSION) {
                end(Status.FAILED_PRECONDITION.withDescription(
                        "The executor (" + frame.getHello().getEngineVersion()
                                + ") speaks protocol " + version + " and the driver speaks " + Protocol.VERSION
                                + ": both must come from one engine archive."));
                return;
            }
            Stream earlier = replace(new ExecutorId(frame.getExecutor()), this, frame.getIncarnation());
            if (earlier == this) {
                end(Status.ABORTED.withDescription("A newer process of this executor is attached."));
                return;
            }
            if (earlier != null) {
                earlier.end(Status.ABORTED.withDescription("This executor attached again."));
            }
            Attachment current = attachment;
            if (current != null) {
                driver.attached(current, frame.getHello());
                driver.received(current, frame);
            }
        }

        private boolean isCurrent() {
            Attachment current = attachment;
            return current != null
                    && stream(current.executor()).filter(this::equals).isPresent();
        }

        void send(DriverFrame frame) {
            synchronized (toExecutor) {
                if (!over) {
                    toExecutor.onNext(frame);
                }
            }
        }

        void end(Status status) {
            synchronized (toExecutor) {
                if (over) {
                    return;
                }
                over = true;
                try {
                    toExecutor.onError(status.asRuntimeException());
                } catch (StatusRuntimeException | IllegalStateException e) {
                    LOG.debug("The stream was closed already", e);
                }
            }
            ended();
        }

        @Override
        public void onError(Throwable failure) {
            ended();
        }

        @Override
        public void onCompleted() {
            synchronized (toExecutor) {
                if (!over) {
                    over = true;
                    toExecutor.onCompleted();
                }
            }
            ended();
        }

        void ended() {
            synchronized (toExecutor) {
                over = true;
            }
            Attachment current = attachment;
            if (remove(this) && current != null) {
                driver.detached(current);
            }
        }
    }
}
