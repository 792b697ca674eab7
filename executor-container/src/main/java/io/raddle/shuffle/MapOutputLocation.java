package io.raddle.shuffle;

import com.google.protobuf.ByteString;
import io.raddle.id.NodeId;

/** One map output and who can be asked for it; {@code shufflePort} is 0 when the executor that wrote it is gone. */
record MapOutputLocation(int map, String mapId, NodeId node, int shufflePort, ByteString sizes) {
    /** About the bytes of a partition; 0 says that it is empty. */
    long bytes(int partition) {
        return SizeCode.bytes(sizes.byteAt(partition));
    }
}
