package io.raddle.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a task has not opened yet. It may be kept, sent through a shuffle or collected, since it carries what is
 * needed to open the file, but not its content; whoever calls {@link #open} reads the file there.
 */
public final class PortableStream implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final long sizeBytes;
    private final LinkedHashMap<String, String> settings;
    private transient @Nullable Configuration configuration;

    /** The engine makes these: {@code settings} is what {@code configuration} knows of file systems. */
    public PortableStream(String path, long sizeBytes, Map<String, String> settings, Configuration configuration) {
        this.path = path;
        this.sizeBytes = sizeBytes;
        this.settings = new LinkedHashMap<>(settings);
        this.configuration = configuration;
    }

    /** The file's fully qualified path. */
    public String path() {
        return path;
    }

    /** How long the file was when the job was planned. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Opens the file as it is stored, without decompressing it. Who opens it closes it. */
    public InputStream open() throws IOException {
        Path file = new Path(path);
        return file.getFileSystem(reached()).open(file);
    }

    /** The whole content, which must be below 2 GiB. */
    public byte[] toArray() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    @Override
    public String toString() {
        return path;
    }

    private Configuration reached() {
        Configuration known = configuration;
        if (known == null) {
            known = new Configuration();
            settings.forEach(known::set);
            configuration = known;
        }
        return known;
    }
}
