package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes one map output: partition after partition, then a footer, then the index. The index comes last, so an output
 * with an index is whole. Permissions are set by hand, because the NodeManager reads by group whatever our umask is.
 * Used by one thread.
 */
final class OutputFile implements AutoCloseable {
    static final String DIRECTORY = "output";
    static final String DATA = "file.out";
    static final String INDEX = "file.out.index";

    private static final byte[] MAGIC = "RDL1".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 64 << 10;

    private final LocalDirectories directories;
    private final Path directory;
    private final FileChannel channel;
    private final Range partition = new Range();
    private final Range group8 = new Range();
    private final Range group64 = new Range();
    private final List<IndexFile.Entry> partitions = new ArrayList<>();
    private final List<IndexFile.Entry> groups8 = new ArrayList<>();
    private final List<IndexFile.Entry> groups64 = new ArrayList<>();
    private final ByteBuffer pending = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private long position;
    private boolean finished;

    private OutputFile(LocalDirectories directories, Path directory) throws IOException {
        this.directories = directories;
        this.directory = directory;
        channel = FileChannel.open(directory.resolve(DATA), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A range of the file that becomes an index record. */
    private final class Range {
        private final CRC32C crc = new CRC32C();
        private long start;
        private long rawBytes;

        IndexFile.Entry end() {
            IndexFile.Entry entry =
                    new IndexFile.Entry(start, IndexFile.rawLength((int) crc.getValue(), rawBytes), position - start);
            crc.reset();
            start = position;
            rawBytes = 0;
            return entry;
        }
    }

    /** Opens the output {@code mapId} on a good disk. */
    static OutputFile create(LocalDirectories directories, String mapId) {
        if (directories.find(mapId, DATA) != null) {
            throw new IllegalStateException("map output " + mapId + " was written before");
        }
        while (true) {
            Path parent = directories.choose(mapId).resolve(DIRECTORY);
            Path directory = parent.resolve(mapId);
            try {
                Files.createDirectories(directory);
                allow(parent, "rwxr-x---");
                allow(directory, "rwxr-x---");
                return new OutputFile(directories, directory);
            } catch (IOException e) {
                directories.failed(directory, e);
            }
        }
    }

    /** Appends to the current partition. */
    void write(byte[] bytes, int offset, int count) {
        partition.crc.update(bytes, offset, count);
        group8.crc.update(bytes, offset, count);
        group64.crc.update(bytes, offset, count);
        put(bytes, offset, count);
    }

    /** Ends the current partition, which held {@code rawBytes} before it was compressed. */
    IndexFile.Entry endPartition(long rawBytes) {
        partition.rawBytes = rawBytes;
        group8.rawBytes += rawBytes;
        group64.rawBytes += rawBytes;
        IndexFile.Entry entry = partition.end();
        partitions.add(entry);
        if (partitions.size() % 8 == 0) {
            groups8.add(group8.end());
        }
        if (partitions.size() % 64 == 0) {
            groups64.add(group64.end());
        }
        return entry;
    }

    /** Writes footer and index; returns the length of the data file. */
    long finish(String mapId, long[] rows) {
        if (partitions.size() % 8 != 0) {
            groups8.add(group8.end());
        }
        if (partitions.size() % 64 != 0) {
            groups64.add(group64.end());
        }
        List<IndexFile.Entry> entries = new ArrayList<>(partitions);
        entries.add(footer(mapId, rows));
        entries.addAll(groups8);
        entries.addAll(groups64);
        try {
            flush();
            channel.close();
            allow(directory.resolve(DATA), "rw-r-----");
            Path index = directory.resolve(INDEX);
            Files.write(index, IndexFile.encode(entries, entries.size()), StandardOpenOption.CREATE_NEW);
            allow(index, "rw-r-----");
        } catch (IOException e) {
            throw failed(e);
        }
        finished = true;
        return position;
    }

    private IndexFile.Entry footer(String mapId, long[] rows) {
        byte[] name = mapId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer footer =
                ByteBuffer.allocate(MAGIC.length + 2 * Integer.BYTES + name.length + rows.length * Long.BYTES);
        footer.put(MAGIC).putInt(name.length).put(name).putInt(rows.length);
        for (long count : rows) {
            footer.putLong(count);
        }
        partition.start = position;
        partition.crc.update(footer.array());
        partition.rawBytes = footer.capacity();
        put(footer.array(), 0, footer.capacity());
        return partition.end();
    }

    private void put(byte[] bytes, int offset, int count) {
        int at = offset;
        int left = count;
        while (left > 0) {
            if (!pending.hasRemaining()) {
                flush();
            }
            int now = Math.min(left, pending.remaining());
            pending.put(bytes, at, now);
            at += now;
            left -= now;
        }
        position += count;
    }

    private void flush() {
        pending.flip();
        try {
            while (pending.hasRemaining()) {
                channel.write(pending);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        pending.clear();
    }

    private RaddleException failed(IOException e) {
        directories.failed(directory, e);
        return new RaddleException(new Cause.DisksFailed(directories.node().toString()), e);
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** Deletes what was written unless it was finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(directory.resolve(INDEX));
            Files.deleteIfExists(directory.resolve(DATA));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            directories.failed(directory, e);
        }
    }
}
