package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.FileSplit;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.jspecify.annotations.Nullable;

/** The lines of one split of a text file; belongs to the thread of its task, which closes it. */
public final class TextInput implements Iterator<String>, Closeable {
    private static final Closeable NOTHING = () -> {};

    private final FileSplit split;
    private final Lines lines;
    private final Closeable afterwards;
    /** Where in the file as it is stored reading has come to. */
    private final Position position;

    private @Nullable String next;

    private interface Position {
        long bytes() throws IOException;
    }

    private TextInput(FileSplit split, Lines lines, Position position, Closeable afterwards) {
        this.split = split;
        this.lines = lines;
        this.position = position;
        this.afterwards = afterwards;
    }

    /** Opens a split; {@code bytesRead} is told of every read, decompressed bytes where the file is compressed. */
    public static TextInput open(FileSplit split, Configuration configuration, LongConsumer bytesRead) {
        Path path = new Path(split.getPath());
        try {
            FileSystem files = path.getFileSystem(configuration);
            CompressionCodec codec = Compression.ofFile(path, configuration).orElse(null);
            FSDataInputStream in = files.open(path);
            try {
                checkUnchanged(split, files, in);
                if (codec instanceof SplittableCompressionCodec) {
                    in.close();
                    return inBlocks(split, configuration, bytesRead);
                }
                return codec == null ? plain(split, in, bytesRead) : compressed(split, in, codec, bytesRead);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileTrouble.of(split.getPath(), e);
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = lines.next();
            } catch (IOException | ArrayIndexOutOfBoundsException | IllegalStateException | InternalError e) {
                throw trouble(e);
            }
        }
        return next != null;
    }

    @Override
    public String next() {
        String line = hasNext() ? next : null;
        if (line == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return line;
    }

    @Override
    public void close() throws IOException {
        try {
            lines.close();
        } finally {
            afterwards.close();
        }
    }

    /** Decompressors meet damage in other ways too than with an IOException. */
    private RaddleException trouble(Throwable of) {
        if (of instanceof LineTooLong line) {
            return FileTrouble.lineTooLong(split.getPath(), line);
        }
        Exception trouble = of instanceof Exception e ? e : new IOException(of);
        long at;
        try {
            at = position.bytes();
        } catch (IOException e) {
            at = split.getOffsetBytes();
        }
        return afterwards == NOTHING && trouble instanceof IOException e
                ? FileTrouble.of(split.getPath(), e)
                : FileTrouble.damaged(split.getPath(), at, split.getFileLengthBytes(), trouble);
    }

    private static TextInput plain(FileSplit split, FSDataInputStream in, LongConsumer bytesRead) throws IOException {
        long start = split.getOffsetBytes();
        if (start > 0) {
            in.seek(start - 1);
        }
        SplitLines lines =
                new SplitLines(in, start, start + split.getLengthBytes(), SplitLines.BUFFER_BYTES, bytesRead);
        return new TextInput(split, lines, in::getPos, NOTHING);
    }

    private static TextInput compressed(
            FileSplit split, FSDataInputStream in, CompressionCodec codec, LongConsumer bytesRead) throws IOException {
        Compression.Decompressed content;
        try {
            content = Compression.reading(codec, in);
        } catch (IOException e) {
            throw FileTrouble.damaged(split.getPath(), in.getPos(), split.getFileLengthBytes(), e);
        }
        SplitLines lines = new SplitLines(content.content(), 0, Long.MAX_VALUE, SplitLines.BUFFER_BYTES, bytesRead);
        return new TextInput(split, lines, in::getPos, content.afterwards());
    }

    private static TextInput inBlocks(FileSplit split, Configuration configuration, LongConsumer bytesRead) {
        try {
            BlockLines lines = BlockLines.open(split, configuration, bytesRead);
            return new TextInput(split, lines, split::getOffsetBytes, () -> {});
        } catch (IOException | ArrayIndexOutOfBoundsException e) {
            throw FileTrouble.damaged(split.getPath(), split.getOffsetBytes(), split.getFileLengthBytes(), e);
        }
    }

    private static void checkUnchanged(FileSplit split, FileSystem files, FSDataInputStream in) throws IOException {
        // An open HDFS stream knows the length already; elsewhere one more question tells it.
        long length = in instanceof HdfsDataInputStream hdfs
                ? hdfs.getVisibleLength()
                : files.getFileStatus(new Path(split.getPath())).getLen();
        if (length != split.getFileLengthBytes()) {
            throw new RaddleException(new Cause.InvalidInput(
                    split.getPath() + " changed while it was being read: it had " + split.getFileLengthBytes()
                            + " bytes when the job was planned and has " + length + " now.",
                    "Run the job on files that nobody writes to."));
        }
    }
}
