package io.raddle.shuffle;

import io.raddle.wire.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a part of a file into an array, a piece at a time for the reason that {@link FileContent} tells. */
final class PositionalRead {
    private PositionalRead() {}

    /** Reads from {@code position} on until there are {@code count} bytes or the file ends; answers how many there are. */
    static int of(FileChannel channel, long position, byte[] into, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int piece = Math.min(FileContent.PIECE_BYTES, count - done);
            int read = channel.read(ByteBuffer.wrap(into, offset + done, piece), position + done);
            if (read < 0) {
                return done;
            }
            done += read;
        }
        return done;
    }
}
