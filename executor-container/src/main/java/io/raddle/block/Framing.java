package io.raddle.block;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32C;

/** Chunks of serialized records in a stream: each behind its length and checksum, and an empty one at the end. */
final class Framing {
    static final int HEADER_BYTES = 2 * Integer.BYTES;

    private Framing() {}

    static void write(DataOutputStream out, byte[] chunk, int length) throws IOException {
        out.writeInt(length);
        out.writeInt(checksum(chunk, length));
        out.write(chunk, 0, length);
    }

    /** The next chunk, verified; {@code name} is what errors call the stream. */
    static byte[] read(DataInputStream in, Object name) throws IOException {
        try {
            int length = in.readInt();
            int sum = in.readInt();
            byte[] chunk = length < 0 ? ChunkReader.END : in.readNBytes(length);
            if (chunk.length != length || checksum(chunk, length) != sum) {
                throw new IOException(name + " is damaged");
            }
            return chunk;
        } catch (EOFException e) {
            throw new IOException(name + " is cut off", e);
        }
    }

    private static int checksum(byte[] chunk, int length) {
        CRC32C sum = new CRC32C();
        sum.update(chunk, 0, length);
        return (int) sum.getValue();
    }
}
