package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.FileSplit;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Decompressor;
import org.jspecify.annotations.Nullable;

/** The lines of one split of a text file; belongs to the thread of its task, which closes it. */
public final class TextInput implements Iterator<String>, Closeable {
    private final String path;
    private final SplitLines lines;
    private final Closeable afterwards;
    private @Nullable String next;

    private TextInput(String path, SplitLines lines, Closeable afterwards) {
        this.path = path;
        this.lines = lines;
        this.afterwards = afterwards;
    }

    /** Opens a split; {@code bytesRead} is told of every read, decompressed bytes where the file is compressed. */
    public static TextInput open(FileSplit split, Configuration configuration, LongConsumer bytesRead) {
        Path path = new Path(split.getPath());
        try {
            FileSystem files = path.getFileSystem(configuration);
            CompressionCodec codec = codec(path, configuration);
            FSDataInputStream in = files.open(path);
            try {
                checkUnchanged(split, files, in);
                return codec == null ? plain(split, in, bytesRead) : compressed(split.getPath(), in, codec, bytesRead);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileTrouble.of(split.getPath(), e);
        }
    }

    private static @Nullable CompressionCodec codec(Path path, Configuration configuration) {
        // Codecs go by extension; looking them up loads all that there are.
        boolean extended = path.getName().indexOf('.') >= 0;
        return extended ? new CompressionCodecFactory(configuration).getCodec(path) : null;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = lines.next();
            } catch (IOException e) {
                throw FileTrouble.of(path, e);
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

    private static TextInput plain(FileSplit split, FSDataInputStream in, LongConsumer bytesRead) throws IOException {
        long start = split.getOffsetBytes();
        if (start > 0) {
            in.seek(start - 1);
        }
        SplitLines lines =
                new SplitLines(in, start, start + split.getLengthBytes(), SplitLines.BUFFER_BYTES, bytesRead);
        return new TextInput(split.getPath(), lines, () -> {});
    }

    private static TextInput compressed(String path, InputStream in, CompressionCodec codec, LongConsumer bytesRead)
            throws IOException {
        Decompressor decompressor = CodecPool.getDecompressor(codec);
        InputStream content = codec.createInputStream(in, decompressor);
        SplitLines lines = new SplitLines(content, 0, Long.MAX_VALUE, SplitLines.BUFFER_BYTES, bytesRead);
        return new TextInput(path, lines, () -> CodecPool.returnDecompressor(decompressor));
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
