package io.raddle.block;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Chunks as the bytes that a file of them would have, one chunk in memory at a time. Used by one thread at a time. */
final class FramedBytes extends InputStream {
    private final ChunkReader.Source chunks;
    private final Runnable atClose;
    private byte[] frame = {};
    private int at;
    private boolean ended;

    FramedBytes(ChunkReader.Source chunks, Runnable atClose) {
        this.chunks = chunks;
        this.atClose = atClose;
    }

    @Override
    public int read() throws IOException {
        return bring() ? frame[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!bring()) {
            return -1;
        }
        int count = Math.min(length, frame.length - at);
        System.arraycopy(frame, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean bring() throws IOException {
        if (at == frame.length && !ended) {
            byte[] chunk = chunks.next();
            ByteArrayOutputStream framed = new ByteArrayOutputStream(Framing.HEADER_BYTES + chunk.length);
            Framing.write(new DataOutputStream(framed), chunk, chunk.length);
            frame = framed.toByteArray();
            at = 0;
            ended = chunk.length == 0;
        }
        return at < frame.length;
    }

    @Override
    public void close() {
        atClose.run();
    }
}
