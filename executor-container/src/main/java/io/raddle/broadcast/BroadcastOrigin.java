package io.raddle.broadcast;

import io.raddle.proto.Artifact;
import io.raddle.proto.PieceRequest;
import io.raddle.transfer.PeerAddress;
import java.util.List;
import java.util.Optional;

/** The endpoint, which has every piece and knows which executors have it too. Waits; safe for all threads. */
public interface BroadcastOrigin {
    /** A content, checked against its SHA-256; empty when the endpoint does not have it any more. */
    Optional<byte[]> fetch(Artifact artifact) throws InterruptedException;

    /** Peers that have the piece, in random order. */
    List<PeerAddress> find(PieceRequest request) throws InterruptedException;
}
