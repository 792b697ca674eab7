package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.broadcast.BroadcastName;
import io.raddle.broadcast.PieceCodec;
import io.raddle.closure.CallSite;
import io.raddle.config.Keys;
import io.raddle.endpoint.Link;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.Artifact;
import io.raddle.proto.BroadcastTable;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.DropBroadcast;
import io.raddle.serde.RecordFormat;
import io.raddle.shared.Broadcast;
import io.raddle.wire.Sha256;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes broadcasts of the program's values and frees them again, asked or when nobody can reach them. Thread-safe. */
final class BroadcastDesk {
    private final int epoch;
    private final Link link;
    private final DriverLoop loop;
    private final Roster roster;
    private final Cleaner cleaner;
    private final AtomicInteger numbers = new AtomicInteger();

    BroadcastDesk(int epoch, Link link, DriverLoop loop, Roster roster, Cleaner cleaner) {
        this.epoch = epoch;
        this.link = link;
        this.loop = loop;
        this.roster = roster;
        this.cleaner = cleaner;
    }

    /** Serializes the value on the calling thread and keeps its pieces where executors find them. */
    <T> Broadcast<T> make(T value, RecordFormat format, CallSite site) {
        byte[] bytes = format.toBytes(value);
        int number = numbers.getAndIncrement();
        List<Artifact> kept = new ArrayList<>();
        try {
            Artifact table = publish(number, bytes, kept);
            BroadcastName name = new BroadcastName(
                    epoch,
                    number,
                    site.toString(),
                    Sha256.ofDigest(table.getSha256()).hex(),
                    (int) table.getSizeBytes());
            Keeping keeping = new Keeping(this, number, kept);
            SentBroadcast<T> broadcast = new SentBroadcast<>(name, value, keeping);
            keeping.freedWith(cleaner.register(broadcast, keeping::release));
            return broadcast;
        } catch (RaddleException e) {
            kept.forEach(link::withdraw);
            throw new RaddleException(
                    new Cause.LimitExceeded(
                            "There is no room for the " + (bytes.length >> 20) + " MiB of the " + site + ".",
                            Keys.ARTIFACTS_MAX.name()),
                    e);
        }
    }

    private Artifact publish(int number, byte[] bytes, List<Artifact> kept) {
        BroadcastTable.Builder table =
                BroadcastTable.newBuilder().setSizeBytes(bytes.length).setPieceBytes(PieceCodec.PIECE_BYTES);
        for (int piece = 0; piece < PieceCodec.pieces(bytes.length); piece++) {
            int offset = piece * PieceCodec.PIECE_BYTES;
            byte[] packed = PieceCodec.pack(bytes, offset, Math.min(PieceCodec.PIECE_BYTES, bytes.length - offset));
            Artifact artifact = link.publish("piece " + piece + " of broadcast " + number, ByteString.copyFrom(packed));
            kept.add(artifact);
            table.addPieces(artifact.getSha256());
        }
        Artifact artifact =
                link.publish("table of broadcast " + number, table.build().toByteString());
        kept.add(artifact);
        return artifact;
    }

    void drop(int number) {
        link.forgetBroadcast(number);
        loop.post(() -> roster.sayToAll(DriverMessage.newBuilder()
                .setDropBroadcast(DropBroadcast.newBuilder().setBroadcast(number))
                .build()));
    }

    void withdraw(List<Artifact> kept) {
        kept.forEach(link::withdraw);
    }
}
