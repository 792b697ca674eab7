package io.raddle.yarn.master;

import io.raddle.proto.EndpointAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** The application's directory in the cluster's file system. Thread-safe. */
final class Staging {
    private static final String ENDPOINT = "endpoint";

    private final String directory;
    private final Supplier<Configuration> configuration;
    private boolean removed;

    Staging(String directory, Supplier<Configuration> configuration) {
        this.directory = directory;
        this.configuration = configuration;
    }

    /**
     * Says where this attempt is reached; a reader sees the old content or the new, never a part. A short application may
     * have ended before this is called: a directory that is gone must not come back.
     */
    synchronized void publish(EndpointAddress address) throws IOException {
        if (removed) {
            return;
        }
        Path written = new Path(directory, ENDPOINT + "." + address.getAttempt());
        try (OutputStream out = files().createFile(written).overwrite(true).build()) {
            address.writeTo(out);
        }
        FileContext.getFileContext(written.toUri(), configuration.get())
                .rename(written, new Path(directory, ENDPOINT), Rename.OVERWRITE);
    }

    /** Removes all of it; true when it is gone. */
    synchronized boolean remove() throws IOException {
        removed = true;
        Path all = new Path(directory);
        return files().delete(all, true) || !files().exists(all);
    }

    private FileSystem files() throws IOException {
        return new Path(directory).getFileSystem(configuration.get());
    }
}
