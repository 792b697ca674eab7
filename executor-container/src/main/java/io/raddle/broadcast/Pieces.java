package io.raddle.broadcast;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.BlockId;
import io.raddle.proto.BroadcastTable;
import io.raddle.proto.PieceRequest;
import io.raddle.transfer.BlockClient;
import io.raddle.transfer.BlockSource;
import io.raddle.transfer.BlockStream;
import io.raddle.transfer.BlockUnavailableException;
import io.raddle.transfer.PeerAddress;
import io.raddle.wire.FileContent;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pieces of one broadcast on this executor's disk, and how those that are missing come here: in random order, so that
 * executors that start together soon have different ones to give, from a peer where one has it and else from the
 * endpoint. Fetched by one thread at a time; found by any.
 */
final class Pieces {
    private static final Logger LOG = LoggerFactory.getLogger(Pieces.class);
    private static final int MAX_REMEMBERED = 64;

    private final BroadcastName name;
    private final Path directory;
    private final BroadcastOrigin origin;
    private final BlockClient peers;
    private final Supplier<PeerAddress> self;
    private final ConcurrentHashMap<Integer, BlockSource> here = new ConcurrentHashMap<>();
    private final List<Integer> untold = new ArrayList<>();
    private final List<PeerAddress> gone = new ArrayList<>();
    private @Nullable BroadcastTable table;

    Pieces(BroadcastName name, Path directory, BroadcastOrigin origin, BlockClient peers, Supplier<PeerAddress> self) {
        this.name = name;
        this.directory = directory;
        this.origin = origin;
        this.peers = peers;
        this.self = self;
    }

    /** A piece that is here. */
    Optional<BlockSource> find(int piece) {
        return Optional.ofNullable(here.get(piece));
    }

    /** The serialized value; what is missing of it is fetched first. */
    byte[] bytes() throws IOException, InterruptedException {
        BroadcastTable known = table();
        fetchMissing(known);
        byte[] value = new byte[Math.toIntExact(known.getSizeBytes())];
        for (int piece = 0; piece < known.getPiecesCount(); piece++) {
            int offset = piece * known.getPieceBytes();
            byte[] packed = FileContent.of(file(piece));
            PieceCodec.unpack(packed, value, offset, Math.min(known.getPieceBytes(), value.length - offset));
        }
        return value;
    }

    private BroadcastTable table() throws InterruptedException {
        BroadcastTable known = table;
        if (known == null) {
            byte[] content = origin.fetch(name.artifact()).orElseThrow(this::destroyed);
            try {
                known = BroadcastTable.parseFrom(content);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("the table of a broadcast cannot be read", e);
            }
            table = known;
        }
        return known;
    }

    private void fetchMissing(BroadcastTable known) throws IOException, InterruptedException {
        List<Integer> missing = new ArrayList<>(IntStream.range(0, known.getPiecesCount())
                .filter(piece -> !here.containsKey(piece))
                .boxed()
                .toList());
        if (missing.isEmpty()) {
            return;
        }
        Files.createDirectories(directory);
        Collections.shuffle(missing);
        for (int piece : missing) {
            byte[] content = fetch(piece, known.getPieces(piece));
            Files.write(file(piece), content);
            here.put(piece, BlockSource.of(file(piece), content.length, BlockSource.crc32c(content)));
            untold.add(piece);
        }
        ask(PieceRequest.newBuilder());
    }

    private byte[] fetch(int piece, ByteString sha256) throws InterruptedException {
        for (PeerAddress peer : ask(PieceRequest.newBuilder().setWanted(piece))) {
            Optional<byte[]> content = fromPeer(peer, piece, sha256);
            if (content.isPresent()) {
                return content.get();
            }
        }
        return origin.fetch(name.piece(piece, sha256)).orElseThrow(this::destroyed);
    }

    /** Tells what is here by now and who was in vain asked for something, and hears who has the piece in question. */
    private List<PeerAddress> ask(PieceRequest.Builder request) throws InterruptedException {
        request.setBroadcast(name.number()).setCaller(self.get().message()).addAllHeld(untold);
        gone.forEach(peer -> request.addGone(peer.message()));
        List<PeerAddress> found = origin.find(request.build());
        untold.clear();
        gone.clear();
        return found;
    }

    private Optional<byte[]> fromPeer(PeerAddress peer, int piece, ByteString sha256) throws InterruptedException {
        BlockId block = new BlockId.BroadcastPiece(name.epoch(), name.number(), piece);
        try (BlockStream stream = peers.fetch(peer, block)) {
            byte[] content = stream.readWhole();
            if (Sha256.of(content).bytes().equals(sha256)) {
                return Optional.of(content);
            }
            LOG.warn("{} came from {} with another content than was promised", block, peer);
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            throw new InterruptedException(e.getMessage());
        } catch (BlockUnavailableException e) {
            if (e.kind() == BlockUnavailableException.Kind.BUSY) {
                return Optional.empty();
            }
            LOG.info("{}", e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("a block is read from memory", e);
        }
        if (gone.size() < MAX_REMEMBERED) {
            gone.add(peer);
        }
        return Optional.empty();
    }

    private Path file(int piece) {
        return directory.resolve("piece-" + piece);
    }

    private RaddleException destroyed() {
        return new RaddleException(new Cause.InvalidInput(
                "The " + name + " was destroyed and is used by a task.",
                "Call destroy() when no job that uses it is still to run, or leave it to the engine."));
    }
}
