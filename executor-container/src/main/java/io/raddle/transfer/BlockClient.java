package io.raddle.transfer;

import io.raddle.id.BlockId;
import io.raddle.id.BlockIdCodec;
import io.raddle.proto.BlockRequest;
import io.raddle.proto.BlockServiceGrpc;
import io.raddle.wire.GuardedChannel;
import io.raddle.wire.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches blocks from other executors, over one connection to each that is kept for the next fetch. Thread-safe; what a
 * fetch holds in memory is a few chunks, however large the block.
 */
public final class BlockClient implements AutoCloseable {
    /** Connections that are kept though nobody reads over them. */
    static final int MAX_IDLE = 32;

    private final Secret secret;
    private final Duration inactivity;
    private final Map<PeerAddress, Line> lines = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /** A client with this secret; a peer that sends nothing for {@code inactivity} is given up. */
    public BlockClient(Secret secret, Duration inactivity) {
        this.secret = secret;
        this.inactivity = inactivity;
    }

    /** A connection and how many read over it. */
    private static final class Line {
        private final PeerAddress peer;
        private final GuardedChannel channel;
        private int readers;
        private boolean retired;

        Line(PeerAddress peer, GuardedChannel channel) {
            this.peer = peer;
            this.channel = channel;
        }
    }

    /**
     * A block of this peer, from its first byte on, once the peer has promised it. Close what is returned.
     *
     * @throws BlockUnavailableException if the peer does not have it or cannot be reached; reading may throw it too
     */
    public BlockStream fetch(PeerAddress peer, BlockId block) throws IOException {
        Line line = take(peer);
        Arrivals arrivals = new Arrivals();
        BlockStream stream = new BlockStream(block, peer, arrivals, inactivity, broken -> giveBack(line, broken));
        BlockServiceGrpc.newStub(line.channel.channel())
                .fetch(
                        BlockRequest.newBuilder()
                                .setBlock(BlockIdCodec.encode(block))
                                .build(),
                        arrivals);
        stream.begin();
        return stream;
    }

    private Line take(PeerAddress peer) {
        List<Line> spare;
        Line line;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("this client is closed");
            }
            line = lines.computeIfAbsent(peer, this::open);
            line.readers++;
            spare = tooMany();
        }
        spare.forEach(each -> each.channel.close());
        return line;
    }

    private Line open(PeerAddress peer) {
        return new Line(
                peer,
                peer.port() == 0
                        ? GuardedChannel.inProcess(peer.host(), secret)
                        : GuardedChannel.open(peer.host(), peer.port(), secret));
    }

    /** Takes out the connections that were used least lately and are idle, as far as there are too many. */
    private List<Line> tooMany() {
        List<Line> spare = new ArrayList<>();
        Iterator<Line> eldest = lines.values().iterator();
        while (lines.size() > MAX_IDLE && eldest.hasNext()) {
            Line line = eldest.next();
            if (line.readers == 0) {
                eldest.remove();
                spare.add(line);
            }
        }
        return spare;
    }

    private void giveBack(Line line, boolean broken) {
        boolean last;
        synchronized (this) {
            line.readers--;
            line.retired |= broken;
            if (broken) {
                lines.remove(line.peer, line);
            }
            last = line.retired && line.readers == 0;
        }
        if (last) {
            line.channel.close();
        }
    }

    /** How many connections are kept. */
    synchronized int connections() {
        return lines.size();
    }

    @Override
    public void close() {
        List<Line> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(lines.values());
            lines.clear();
        }
        all.forEach(line -> line.channel.close());
    }
}
