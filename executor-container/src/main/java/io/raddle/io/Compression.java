package io.raddle.io;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.io.compress.ZStandardCodec;
import org.apache.hadoop.util.ReflectionUtils;

/** Hadoop's compression codecs: found by the name of a file or of a class, opened, and given back. Stateless. */
final class Compression {
    private Compression() {}

    /** What comes out of a codec, and what must be closed after it. */
    record Decompressed(InputStream content, Closeable afterwards) implements Closeable {
        @Override
        public void close() throws IOException {
            try {
                content.close();
            } finally {
                afterwards.close();
            }
        }
    }

    /** What goes into a codec, and what must be closed after it. */
    record Compressed(OutputStream content, Closeable afterwards) {}

    /** The codec of a file, by its extension. */
    static Optional<CompressionCodec> ofFile(Path path, Configuration configuration) {
        // Looking codecs up loads all that there are.
        boolean extended = path.getName().indexOf('.') >= 0;
        return extended
                ? Optional.ofNullable(new CompressionCodecFactory(configuration).getCodec(path))
                : Optional.empty();
    }

    /** The codec of this class; fails with a typed cause when there is none. */
    static CompressionCodec named(String name, Configuration configuration) {
        try {
            Class<?> type = configuration.getClassByName(name);
            return CompressionCodec.class.cast(ReflectionUtils.newInstance(type, configuration));
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            name + " is not a compression codec of this Hadoop.",
                            "Name the class of a codec, such as org.apache.hadoop.io.compress.GzipCodec."),
                    e);
        }
    }

    static Decompressed reading(CompressionCodec codec, InputStream in) throws IOException {
        if (lacksLibrary(codec)) {
            return new Decompressed(new ZstdInputStream(in), () -> {});
        }
        try {
            Decompressor decompressor = CodecPool.getDecompressor(codec);
            return new Decompressed(
                    codec.createInputStream(in, decompressor), () -> CodecPool.returnDecompressor(decompressor));
        } catch (RuntimeException | LinkageError e) {
            throw unusable(codec, e);
        }
    }

    static Compressed writing(CompressionCodec codec, OutputStream out) throws IOException {
        if (lacksLibrary(codec)) {
            return new Compressed(new ZstdOutputStream(out), () -> {});
        }
        try {
            Compressor compressor = CodecPool.getCompressor(codec);
            return new Compressed(
                    codec.createOutputStream(out, compressor), () -> CodecPool.returnCompressor(compressor));
        } catch (RuntimeException | LinkageError e) {
            throw unusable(codec, e);
        }
    }

    /** Hadoop's own zstd needs its native library; the one that the engine brings reads and writes the same format. */
    private static boolean lacksLibrary(CompressionCodec codec) {
        if (codec.getClass() != ZStandardCodec.class) {
            return false;
        }
        try {
            ZStandardCodec.checkNativeCodeLoaded();
            return false;
        } catch (RuntimeException | LinkageError e) {
            return true;
        }
    }

    private static RaddleException unusable(CompressionCodec codec, Throwable why) {
        return new RaddleException(
                new Cause.InvalidInput(
                        codec.getClass().getName() + " does not work here: " + why + ".",
                        "Its native library is missing on this node; use another codec, or install the library."),
                why);
    }
}
