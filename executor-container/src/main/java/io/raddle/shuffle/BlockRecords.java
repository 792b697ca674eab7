package io.raddle.shuffle;

import io.raddle.memory.TaskMemory;
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
    private final Frames frames = new Frames(FrameCodec.LZ4);
    private @Nullable Block block;
    private Block.@Nullable FrameCursor cursor;

    BlockRecords(BlockStream blocks, RecordFormat format, TaskMemory task) {
        this.blocks = blocks;
        reader = format.reader();
        task.closeAtEnd(() -> {
            if (block != null) {
                block.close();
            }
        });
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

    /** Reads where {@link #next} does, wherever {@link #hasNext} says that there is something to read. */
    RecordReader reader() {
        return reader;
    }

    private boolean nextFrame() {
        while (true) {
            Block from = block;
            if (from != null && cursor != null) {
                if (cursor.hasNext()) {
                    read(from, cursor);
                    return true;
                }
                from.close();
            }
            Block next = blocks.next();
            block = next;
            if (next == null) {
                return false;
            }
            cursor = next.frames(frames);
        }
    }

    private void read(Block from, Block.FrameCursor frame) {
        try {
            Frames.Records records = frame.next();
            reader.reset(records.bytes(), records.offset(), records.length());
        } catch (IOException e) {
            throw blocks.failed(from, e);
        }
    }
}
