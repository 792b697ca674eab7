package io.raddle.id;

/**
 * Names a block that executors serve to each other. What it holds never changes while the name is in use; the epoch of
 * the driver that gave the name keeps it apart from those of a driver before.
 */
public sealed interface BlockId {
    /** A partition of an Rdd that was persisted as this storage. */
    record CachedPartition(int epoch, int storage, int partition) implements BlockId {
        @Override
        public String toString() {
            return "partition " + partition + " of storage " + storage + " (epoch " + epoch + ")";
        }
    }

    /** A piece of a value that every executor gets. */
    record BroadcastPiece(int epoch, int broadcast, int piece) implements BlockId {
        @Override
        public String toString() {
            return "piece " + piece + " of broadcast " + broadcast + " (epoch " + epoch + ")";
        }
    }
}
