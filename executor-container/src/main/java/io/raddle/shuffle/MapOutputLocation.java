package io.raddle.shuffle;

import com.google.protobuf.ByteString;
import io.raddle.id.NodeId;
import java.net.InetSocketAddress;

/**
 * One map output and who can be asked for it: the executor that wrote it ({@code shufflePort}), and the shuffle service
 * of its node ({@code servicePort}), which outlives that executor. A port is 0 when there is nobody.
 */
record MapOutputLocation(int map, String mapId, NodeId node, int shufflePort, int servicePort, ByteString sizes) {
    /** About the bytes of a partition; 0 says that it is empty. */
    long bytes(int partition) {
        return SizeCode.bytes(sizes.byteAt(partition));
    }

    /** Whether anybody serves it. */
    boolean isServed() {
        return shufflePort != 0 || servicePort != 0;
    }

    InetSocketAddress executor() {
        return InetSocketAddress.createUnresolved(node.host(), shufflePort);
    }

    InetSocketAddress service() {
        return InetSocketAddress.createUnresolved(node.host(), servicePort);
    }
}
