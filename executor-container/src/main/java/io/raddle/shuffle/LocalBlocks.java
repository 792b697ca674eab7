package io.raddle.shuffle;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads blocks of this NodeManager's directories, also those whose executors are gone. Safe for all threads. */
final class LocalBlocks {
    private static final int HEAP_BYTES = 1 << 20;

    private final LocalDirectories directories;

    LocalBlocks(LocalDirectories directories) {
        this.directories = directories;
    }

    /** A region of a file. */
    private record FileRegion(FileChannel channel, long start) implements Block.Source {
        @Override
        public void read(long position, byte[] into, int offset, int count) throws IOException {
            if (PositionalRead.of(channel, start + position, into, offset, count) < count) {
                throw new EOFException("the data file ends before byte " + (start + position + count));
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** The verified block; whatever is wrong with it is an IOException. */
    Block open(MapOutputLocation location, int partition) throws IOException {
        IndexFile.Entry entry = directories.index(location.mapId()).entry(partition);
        Path data = directories.require(location.mapId(), OutputFile.DATA);
        FileRegion region = new FileRegion(FileChannel.open(data, StandardOpenOption.READ), entry.start());
        Block block = null;
        try {
            block = inMemory(location, entry, region);
            block.verify();
            return block;
        } catch (IOException | RuntimeException e) {
            region.close();
            throw e;
        }
    }

    private static Block inMemory(MapOutputLocation location, IndexFile.Entry entry, FileRegion region)
            throws IOException {
        if (entry.length() > HEAP_BYTES) {
            return new Block(location, entry.rawLength(), entry.length(), region);
        }
        byte[] bytes = new byte[(int) entry.length()];
        region.read(0, bytes, 0, bytes.length);
        region.close();
        return new Block(location, entry.rawLength(), entry.length(), new Block.Heap(bytes));
    }
}
