package io.raddle.executor;

import io.raddle.broadcast.BroadcastOrigin;
import io.raddle.proto.Artifact;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.proto.PieceRequest;
import io.raddle.transfer.PeerAddress;
import java.util.List;
import java.util.Optional;

/** The endpoint as where broadcasts come from. Thread-safe. */
final class EndpointBroadcasts implements BroadcastOrigin {
    private final Artifacts artifacts;
    private final BulkLine line;

    EndpointBroadcasts(Artifacts artifacts, BulkLine line) {
        this.artifacts = artifacts;
        this.line = line;
    }

    @Override
    public Optional<byte[]> fetch(Artifact artifact) throws InterruptedException {
        return artifacts.find(artifact);
    }

    @Override
    public List<PeerAddress> find(PieceRequest request) throws InterruptedException {
        return line
                .run(channel -> ExecutorEndpointGrpc.newBlockingStub(channel).findPiece(request))
                .getPeersList()
                .stream()
                .map(PeerAddress::of)
                .toList();
    }
}
