package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.function.PortableStream;
import io.raddle.proto.FileSplit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.jspecify.annotations.Nullable;

/** A file as one record. */
final class WholeFile implements Pull {
    private static final int LIMIT_BYTES = Integer.MAX_VALUE - 64;

    private @Nullable Object record;

    private WholeFile(Object record) {
        this.record = record;
    }

    /** The path and the text, decompressed; malformed UTF-8 becomes U+FFFD. */
    static WholeFile text(FileSplit file, Configuration configuration, LongConsumer bytesRead) {
        byte[] content = content(file, configuration);
        bytesRead.accept(content.length);
        return new WholeFile(new Pair<>(file.getPath(), new String(content, StandardCharsets.UTF_8)));
    }

    /** The path and what opens the file. */
    static WholeFile stream(FileSplit file, Map<String, String> settings, Configuration configuration) {
        return new WholeFile(new Pair<>(
                file.getPath(),
                new PortableStream(file.getPath(), file.getFileLengthBytes(), settings, configuration)));
    }

    @Override
    public Object next() {
        Object only = record == null ? END : record;
        record = null;
        return only;
    }

    @Override
    public void close() {}

    private static byte[] content(FileSplit file, Configuration configuration) {
        Path path = new Path(file.getPath());
        try (FSDataInputStream in = path.getFileSystem(configuration).open(path)) {
            CompressionCodec codec = Compression.ofFile(path, configuration).orElse(null);
            return codec == null ? limited(file, in.readNBytes(LIMIT_BYTES), in.read()) : decompressed(file, in, codec);
        } catch (IOException e) {
            throw FileTrouble.of(file.getPath(), e);
        }
    }

    private static byte[] decompressed(FileSplit file, FSDataInputStream in, CompressionCodec codec)
            throws IOException {
        long at = 0;
        try (Compression.Decompressed content = Compression.reading(codec, in)) {
            try {
                return limited(
                        file,
                        content.content().readNBytes(LIMIT_BYTES),
                        content.content().read());
            } finally {
                at = in.getPos();
            }
        } catch (IOException | ArrayIndexOutOfBoundsException e) {
            throw FileTrouble.damaged(file.getPath(), at, file.getFileLengthBytes(), e);
        }
    }

    private static byte[] limited(FileSplit file, byte[] content, int further) {
        if (further >= 0) {
            throw new RaddleException(new Cause.InvalidInput(
                    file.getPath() + " is larger than " + LIMIT_BYTES + " bytes, the most that one record can hold.",
                    "Read it by lines with textFile, or as a stream with binaryFiles."));
        }
        return content;
    }
}
