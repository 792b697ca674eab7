package io.raddle.endpoint;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.fault.RaddleException;
import io.raddle.id.AttemptIdCodec;
import io.raddle.proto.ArtifactRequest;
import io.raddle.proto.Chunk;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.PieceHolders;
import io.raddle.proto.PieceRequest;
import io.raddle.proto.PushAnswer;
import io.raddle.proto.ResultChunk;
import io.raddle.wire.ChunkedContent;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service that executors call. */
final class ExecutorService extends ExecutorEndpointGrpc.ExecutorEndpointImplBase {
    private final ExecutorStreams streams;
    private final ContentStore contents;
    private final ContentSource elsewhere;
    private final PushedResults results;
    private final BroadcastPeers broadcasts;

    ExecutorService(
            ExecutorStreams streams,
            ContentStore contents,
            ContentSource elsewhere,
            PushedResults results,
            BroadcastPeers broadcasts) {
        this.streams = streams;
        this.contents = contents;
        this.elsewhere = elsewhere;
        this.results = results;
        this.broadcasts = broadcasts;
    }

    @Override
    public StreamObserver<ExecutorFrame> attach(StreamObserver<DriverFrame> executor) {
        return streams.attach((ServerCallStreamObserver<DriverFrame>) executor);
    }

    @Override
    public void fetchArtifact(ArtifactRequest request, StreamObserver<Chunk> receiver) {
        ChunkedContent<Chunk> sending = ChunkedContent.to((ServerCallStreamObserver<Chunk>) receiver);
        try {
            Sha256 identity = Sha256.ofDigest(request.getSha256());
            Optional<InputStream> content = contents.open(identity, request.getOffsetBytes());
            if (content.isPresent()) {
                sending.begin(content.get());
            } else {
                elsewhere.find(
                        identity,
                        request.getOffsetBytes(),
                        found -> found.ifPresentOrElse(sending::begin, () -> sending.refuse(unknown(identity))));
            }
        } catch (IOException | IllegalArgumentException e) {
            sending.refuse(Status.INTERNAL.withDescription(e.getMessage()).withCause(e));
        }
    }

    private static Status unknown(Sha256 identity) {
        return Status.NOT_FOUND.withDescription("No artifact " + identity + " is here.");
    }

    @Override
    public void findPiece(PieceRequest request, StreamObserver<PieceHolders> receiver) {
        receiver.onNext(broadcasts.answer(request));
        receiver.onCompleted();
    }

    @Override
    public StreamObserver<ResultChunk> pushResult(StreamObserver<PushAnswer> executor) {
        return new Push(executor);
    }

    /** One result on its way in; chunks arrive one at a time. */
    private final class Push implements StreamObserver<ResultChunk> {
        private final StreamObserver<PushAnswer> executor;
        private PushedResults.@Nullable Incoming incoming;
        private boolean failed;

        Push(StreamObserver<PushAnswer> executor) {
            this.executor = executor;
        }

        @Override
        public void onNext(ResultChunk chunk) {
            if (failed) {
                return;
            }
            try {
                if (incoming == null) {
                    incoming = results.receive(AttemptIdCodec.decode(chunk.getAttempt()));
                }
                incoming.write(chunk.getData());
            } catch (IOException | RaddleException e) {
                fail(e);
            }
        }

        @Override
        public void onError(Throwable failure) {
            abandon();
        }

        @Override
        public void onCompleted() {
            if (failed || incoming == null) {
                return;
            }
            try {
                incoming.complete();
                executor.onNext(PushAnswer.getDefaultInstance());
                executor.onCompleted();
            } catch (IOException e) {
                fail(e);
            }
        }

        private void fail(Exception e) {
            failed = true;
            abandon();
            executor.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription(e.getMessage())
                    .withCause(e)
                    .asRuntimeException());
        }

        private void abandon() {
            try {
                if (incoming != null) {
                    incoming.abandon();
                }
            } catch (IOException e) {
                throw new IllegalStateException("a result file could not be removed", e);
            } finally {
                incoming = null;
            }
        }
    }
}
