package io.raddle.shuffle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the response to one request apart: headers and blocks in the order in which they were asked for. Trusts nothing,
 * because older handlers put the text of an error where a block should be. Used by the client's thread.
 */
final class FetchResponse {
    private static final int MAX_HEAP_BYTES = 4 << 20;
    private static final int MAX_ERROR_BYTES = 2048;
    private static final int COPY_BYTES = 32 << 10;

    private final Fetch fetch;
    private final String replyHash;
    private final LocalDirectories directories;
    private final ByteBuf header = Unpooled.buffer();
    private final StringBuilder errorText = new StringBuilder();
    private HttpResponseStatus status = HttpResponseStatus.OK;
    private long retryMillis;
    private int next;
    private @Nullable BlockHeader current;
    private byte[] bytes = new byte[0];
    private @Nullable SpillFile file;
    private long received;

    FetchResponse(Fetch fetch, String replyHash, LocalDirectories directories) {
        this.fetch = fetch;
        this.replyHash = replyHash;
        this.directories = directories;
    }

    void head(HttpResponse head) throws BadBlockException {
        if (head.decoderResult().isFailure()) {
            throw new BadBlockException("the response is no HTTP");
        }
        status = head.status();
        if (status.equals(HttpResponseStatus.OK)
                && !ShuffleSecret.same(replyHash, head.headers().get(ShuffleRequest.REPLY_HASH, ""))) {
            throw new BadBlockException("the server does not know this application's secret");
        }
        String retryAfter = head.headers().get("Retry-After", "");
        // Hadoop means milliseconds.
        retryMillis = retryAfter.matches("\\d{1,6}") ? Long.parseLong(retryAfter) : 1000;
    }

    void content(ByteBuf content) throws IOException {
        if (!status.equals(HttpResponseStatus.OK)) {
            int count = Math.min(content.readableBytes(), MAX_ERROR_BYTES - errorText.length());
            errorText.append(content.readCharSequence(Math.max(0, count), StandardCharsets.UTF_8));
            return;
        }
        while (content.isReadable()) {
            if (current == null) {
                readHeader(content);
            } else {
                readBytes(content, current);
            }
        }
    }

    private void readHeader(ByteBuf content) throws IOException {
        int before = header.readableBytes();
        int taken = Math.min(content.readableBytes(), BlockHeader.MAX_BYTES - before);
        header.writeBytes(content, content.readerIndex(), taken);
        BlockHeader found = BlockHeader.read(header);
        if (found == null) {
            if (taken == 0) {
                throw new BadBlockException("a block starts with something else than a header");
            }
            content.skipBytes(taken);
            return;
        }
        content.skipBytes(taken - header.readableBytes());
        header.clear();
        begin(found);
    }

    private void begin(BlockHeader found) throws IOException {
        if (next == fetch.outputs().size()) {
            throw new BadBlockException("more blocks came than were asked for");
        }
        String wanted = fetch.outputs().get(next).mapId();
        if (!found.mapId().equals(wanted) || found.reduce() != fetch.reduce() || found.length() < 0) {
            throw new BadBlockException("asked for " + wanted + " partition " + fetch.reduce() + " but got " + found);
        }
        current = found;
        received = 0;
        if (found.length() > MAX_HEAP_BYTES) {
            file = directories.spill();
        } else {
            bytes = new byte[(int) found.length()];
        }
        if (found.length() == 0) {
            deliver(found);
        }
    }

    private void readBytes(ByteBuf content, BlockHeader of) {
        int count = (int) Math.min(content.readableBytes(), of.length() - received);
        if (file == null) {
            content.readBytes(bytes, (int) received, count);
        } else {
            byte[] copy = new byte[Math.min(COPY_BYTES, count)];
            for (int left = count; left > 0; left -= copy.length) {
                int now = Math.min(copy.length, left);
                content.readBytes(copy, 0, now);
                file.append(copy, 0, now);
            }
        }
        received += count;
        if (received == of.length()) {
            deliver(of);
        }
    }

    private void deliver(BlockHeader of) {
        Block.Source source = new Block.Heap(bytes);
        if (file != null) {
            file.seal();
            source = new Stored(file);
        }
        bytes = new byte[0];
        file = null;
        current = null;
        MapOutputLocation location = fetch.outputs().get(next++);
        fetch.listener().received(new Block(location, of.rawLength(), of.length(), source));
    }

    /** A block that was too large for memory. */
    private record Stored(SpillFile file) implements Block.Source {
        @Override
        public void read(long position, byte[] into, int offset, int count) {
            file.read(position, into, offset, count);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** What the whole response comes to. */
    Fetch.Failure end() {
        if (status.equals(HttpResponseStatus.OK)) {
            return next == fetch.outputs().size()
                    ? Fetch.Failure.NONE
                    : Fetch.Failure.of(
                            Fetch.Kind.GARBLED,
                            "only " + next + " of " + fetch.outputs().size() + " blocks came");
        }
        String detail = "the server answered " + status.code() + " "
                + errorText.toString().strip();
        if (status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
            return new Fetch.Failure(Fetch.Kind.BUSY, detail, retryMillis);
        }
        if (status.equals(HttpResponseStatus.UNAUTHORIZED) || status.equals(HttpResponseStatus.BAD_REQUEST)) {
            return Fetch.Failure.of(Fetch.Kind.REFUSED, detail);
        }
        return Fetch.Failure.of(Fetch.Kind.MISSING, detail);
    }

    /** Tells the listener that nothing more comes. */
    void tell(Fetch.Failure failure) {
        if (file != null) {
            file.close();
            file = null;
        }
        List<MapOutputLocation> left =
                fetch.outputs().subList(next, fetch.outputs().size());
        fetch.listener().ended(List.copyOf(left), failure);
    }
}
