package io.raddle.id;

/** Names of blocks as messages. Stateless. */
public final class BlockIdCodec {
    private BlockIdCodec() {}

    /** As a message. */
    public static io.raddle.proto.BlockId encode(BlockId id) {
        io.raddle.proto.BlockId.Builder message = io.raddle.proto.BlockId.newBuilder();
        if (id instanceof BlockId.CachedPartition cached) {
            message.getCachedPartitionBuilder()
                    .setEpoch(cached.epoch())
                    .setStorage(cached.storage())
                    .setPartition(cached.partition());
        } else if (id instanceof BlockId.BroadcastPiece broadcast) {
            message.getBroadcastPieceBuilder()
                    .setEpoch(broadcast.epoch())
                    .setBroadcast(broadcast.broadcast())
                    .setPiece(broadcast.piece());
        }
        return message.build();
    }

    /** From a message; a kind of block that this engine does not know is refused. */
    public static BlockId decode(io.raddle.proto.BlockId message) {
        return switch (message.getKindCase()) {
            case CACHED_PARTITION -> {
                io.raddle.proto.BlockId.CachedPartition cached = message.getCachedPartition();
                yield new BlockId.CachedPartition(cached.getEpoch(), cached.getStorage(), cached.getPartition());
            }
            case BROADCAST_PIECE -> {
                io.raddle.proto.BlockId.BroadcastPiece piece = message.getBroadcastPiece();
                yield new BlockId.BroadcastPiece(piece.getEpoch(), piece.getBroadcast(), piece.getPiece());
            }
            case KIND_NOT_SET -> throw new IllegalArgumentException("a block of a kind that is not known here");
        };
    }
}
