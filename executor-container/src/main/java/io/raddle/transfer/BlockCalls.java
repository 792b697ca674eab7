package io.raddle.transfer;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.id.BlockId;
import io.raddle.id.BlockIdCodec;
import io.raddle.proto.BlockHead;
import io.raddle.proto.BlockPart;
import io.raddle.proto.BlockRequest;
import io.raddle.proto.BlockServiceGrpc;
import io.raddle.wire.ChunkedContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The service that other executors call. A slow reader holds one open block and a chunk of memory. Thread-safe. */
final class BlockCalls extends BlockServiceGrpc.BlockServiceImplBase {
    private final BlockProvider blocks;
    private final int most;
    private final Semaphore room;

    /** At most {@code most} blocks are read at once. */
    BlockCalls(BlockProvider blocks, int most) {
        this.blocks = blocks;
        this.most = most;
        this.room = new Semaphore(most);
    }

    @Override
    public void fetch(BlockRequest request, StreamObserver<BlockPart> receiver) {
        if (!room.tryAcquire()) {
            refuse(receiver, Status.RESOURCE_EXHAUSTED, most + " blocks are read from here already");
            return;
        }
        boolean sending = false;
        try {
            BlockId id = BlockIdCodec.decode(request.getBlock());
            Optional<BlockSource> found = blocks.find(id);
            if (found.isPresent()) {
                send(found.get(), (ServerCallStreamObserver<BlockPart>) receiver);
                sending = true;
            } else {
                refuse(receiver, Status.NOT_FOUND, "it is not here");
            }
        } catch (IOException | RuntimeException e) {
            refuse(receiver, Status.INTERNAL, "it cannot be read: " + e);
        } finally {
            if (!sending) {
                room.release();
            }
        }
    }

    private void send(BlockSource source, ServerCallStreamObserver<BlockPart> receiver) throws IOException {
        InputStream content = new Reading(source.opener().open(), room);
        receiver.onNext(BlockPart.newBuilder()
                .setHead(BlockHead.newBuilder()
                        .setLengthBytes(source.lengthBytes())
                        .setCrc32C(source.crc32c())
                        .setFramed(source.framed()))
                .build());
        ChunkedContent.send(
                content, receiver, data -> BlockPart.newBuilder().setData(data).build());
    }

    private static void refuse(StreamObserver<BlockPart> receiver, Status status, String why) {
        receiver.onError(status.withDescription(why).asRuntimeException());
    }

    /** A block that is being read; makes room for another when it is closed. */
    private static final class Reading extends FilterInputStream {
        private final Semaphore room;
        private final AtomicBoolean closed = new AtomicBoolean();

        Reading(InputStream content, Semaphore room) {
            super(content);
            this.room = room;
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                room.release();
                super.close();
            }
        }
    }
}
