package io.raddle.shuffle;

import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The records of verified blocks, one block after another. Used by the task's thread. */
final class BlockRecords implements Iterator<@Nullable Object> {
    private final BlockStream blocks;
    private final RecordReader reader;
    private final Frames frames = new Frames();
    private @Nullable Block block;
    private Block.@Nullable FrameCursor cursor;

    BlockRecords(BlockStream blocks, RecordFormat format) {
        this.blocks = blocks;
        reader = format.reader();
    }

    @Override
    public boolean hasNext() {
        return reader.hasNext() || nextFrame();
    }

    @Override
    public @Nullable Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return reader.read();
    }

    private boolean nextFrame() {
        while (true) {
            if (cursor != null && cursor.hasNext()) {
                read(cursor);
                return true;
            }
            if (block != null) {
                block.close();
            }
            block = blocks.next();
            if (block == null) {
                cursor = null;
                return false;
            }
            cursor = block.frames(frames);
        }
    }

    private void read(Block.FrameCursor from) {
        try {
            byte[] records = from.next();
            reader.reset(records, 0, records.length);
        } catch (IOException e) {
            throw blocks.failed(block, e);
        }
    }
}
