package io.raddle.broadcast;

import com.google.protobuf.ByteString;
import io.raddle.proto.Artifact;
import io.raddle.wire.Sha256;
import java.io.Serializable;

/**
 * What a function carries of a broadcast: epoch of its driver, number, where the program made it, and SHA-256 (64 hex
 * digits) and length of its table of pieces.
 */
public record BroadcastName(int epoch, int number, String site, String table, int tableBytes) implements Serializable {
    /** The table of pieces as an artifact. */
    public Artifact artifact() {
        return artifact("table of " + this, new Sha256(table).bytes(), tableBytes);
    }

    /** A piece as an artifact. */
    public Artifact piece(int piece, ByteString sha256) {
        return artifact("piece " + piece + " of " + this, sha256, 0);
    }

    private static Artifact artifact(String name, ByteString sha256, int bytes) {
        return Artifact.newBuilder()
                .setName(name)
                .setSha256(sha256)
                .setSizeBytes(bytes)
                .build();
    }

    @Override
    public String toString() {
        return "broadcast " + number + " (" + site + ")";
    }
}
