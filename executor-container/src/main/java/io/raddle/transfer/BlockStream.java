package io.raddle.transfer;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.raddle.id.BlockId;
import io.raddle.proto.BlockHead;
import io.raddle.transfer.BlockUnavailableException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a block as they come. Its end is reported only if length and checksum are those that were promised, so
 * whoever acts on a part of it before the end must be able to take that back; framed blocks promise neither and are
 * checked by who reads their frames. Used by one thread; close it.
 */
public final class BlockStream extends InputStream {
    private final BlockId block;
    private final PeerAddress peer;
    private final Arrivals arrivals;
    private final Duration inactivity;
    private final Ending ending;
    private final CRC32C crc = new CRC32C();
    private BlockHead head = BlockHead.getDefaultInstance();
    private ByteString chunk = ByteString.EMPTY;
    private int at;
    private long received;
    private boolean done;

    /** Hears once how the stream was left. */
    @FunctionalInterface
    interface Ending {
        void ended(boolean broken);
    }

    BlockStream(BlockId block, PeerAddress peer, Arrivals arrivals, Duration inactivity, Ending ending) {
        this.block = block;
        this.peer = peer;
        this.arrivals = arrivals;
        this.inactivity = inactivity;
        this.ending = ending;
    }

    /** Waits for the promise of what is to come. */
    void begin() throws IOException {
        Arrivals.Arrival first = next();
        if (!(first instanceof Arrivals.Head found)) {
            throw garbled("it began without a head");
        }
        head = found.head();
    }

    /** Length of the whole block; 0 for a framed one. */
    public long lengthBytes() {
        return head.getLengthBytes();
    }

    /** All of it, checked; for blocks that are known to be small. */
    public byte[] readWhole() throws IOException {
        byte[] whole = new byte[Math.toIntExact(lengthBytes())];
        if (readNBytes(whole, 0, whole.length) < whole.length || read() >= 0) {
            throw garbled("it has another length than was promised");
        }
        return whole;
    }

    @Override
    public int read() throws IOException {
        return bring() ? chunk.byteAt(at++) & 0xff : -1;
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
        int count = Math.min(length, chunk.size() - at);
        chunk.copyTo(into, at, offset, count);
        at += count;
        return count;
    }

    /** Whether there is a byte to read; false only at a good end. */
    private boolean bring() throws IOException {
        while (at == chunk.size()) {
            if (done) {
                return false;
            }
            Arrivals.Arrival arrival = next();
            if (arrival instanceof Arrivals.Data data) {
                take(data.bytes());
            } else if (arrival instanceof Arrivals.End) {
                finish();
            } else {
                throw garbled("a second head came");
            }
        }
        return true;
    }

    private void take(ByteString data) throws IOException {
        received += data.size();
        if (!head.getFramed()) {
            if (received > head.getLengthBytes()) {
                throw garbled("more than " + head.getLengthBytes() + " bytes came");
            }
            data.asReadOnlyByteBufferList().forEach(crc::update);
        }
        chunk = data;
        at = 0;
    }

    private void finish() throws IOException {
        if (!head.getFramed() && received != head.getLengthBytes()) {
            throw garbled("only " + received + " of " + head.getLengthBytes() + " bytes came");
        }
        if (!head.getFramed() && (int) crc.getValue() != head.getCrc32C()) {
            throw garbled("its checksum does not match its " + received + " bytes");
        }
        leave(false);
    }

    private Arrivals.Arrival next() throws IOException {
        Arrivals.@Nullable Arrival arrival;
        try {
            arrival = arrivals.next(inactivity);
        } catch (InterruptedException e) {
            leave(false);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + block + " was read");
        }
        if (arrival == null) {
            throw failed(Kind.UNREACHABLE, "nothing came for " + inactivity.toMillis() + " ms");
        }
        if (arrival instanceof Arrivals.End end && !end.status().isOk()) {
            throw failed(kindOf(end.status()), String.valueOf(end.status().getDescription()));
        }
        return arrival;
    }

    private static Kind kindOf(Status status) {
        return switch (status.getCode()) {
            case NOT_FOUND, INTERNAL, UNIMPLEMENTED -> Kind.MISSING;
            case RESOURCE_EXHAUSTED -> Kind.BUSY;
            case UNAUTHENTICATED -> Kind.REFUSED;
            default -> Kind.UNREACHABLE;
        };
    }

    private BlockUnavailableException garbled(String detail) {
        return failed(Kind.GARBLED, detail);
    }

    private BlockUnavailableException failed(Kind kind, String detail) {
        leave(kind == Kind.UNREACHABLE);
        return new BlockUnavailableException(kind, block, peer, detail);
    }

    private void leave(boolean broken) {
        if (!done) {
            done = true;
            chunk = ByteString.EMPTY;
            at = 0;
            arrivals.cancel();
            ending.ended(broken);
        }
    }

    @Override
    public void close() {
        leave(false);
    }
}
