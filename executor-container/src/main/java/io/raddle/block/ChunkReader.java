package io.raddle.block;

import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decodes the records of serialized chunks, each as it is reached. The first is read at once. */
final class ChunkReader implements Iterator<@Nullable Object> {
    /** What a source gives when there are no more chunks; no chunk is empty. */
    static final byte[] END = {};

    private final Source chunks;
    private final Runnable atEnd;
    private final Function<IOException, RuntimeException> onBad;
    private final RecordReader reader;
    private boolean ended;

    /** Where chunks come from. */
    @FunctionalInterface
    interface Source {
        byte[] next() throws IOException;
    }

    ChunkReader(Source chunks, RecordFormat format, Runnable atEnd, Function<IOException, RuntimeException> onBad)
            throws IOException {
        this.chunks = chunks;
        this.atEnd = atEnd;
        this.onBad = onBad;
        this.reader = format.reader();
        advance();
    }

    private void advance() throws IOException {
        byte[] chunk = chunks.next();
        ended = chunk.length == 0;
        reader.reset(chunk, 0, chunk.length);
    }

    @Override
    public boolean hasNext() {
        if (!ended && !reader.hasNext()) {
            try {
                advance();
            } catch (IOException e) {
                throw onBad.apply(e);
            }
        }
        if (ended) {
            atEnd.run();
        }
        return !ended;
    }

    @Override
    public @Nullable Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return reader.read();
    }
}
