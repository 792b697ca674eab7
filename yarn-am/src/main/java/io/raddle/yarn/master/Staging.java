package io.raddle.yarn.master;

import io.raddle.proto.EndpointAddress;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** The application's directory in the cluster's file system. Thread-safe. */
final class Staging {
    private static final String ENDPOINT = "endpoint";

    private final Path directory;
    private final Configuration configuration;

    Staging(String directory, Configuration configuration) {
        this.directory = new Path(directory);
        this.configuration = configuration;
    }

    /** Says where this attempt is reached; a reader sees the old content or the new, never a part. */
    void publish(EndpointAddress address) throws IOException {
        Path written = new Path(directory, ENDPOINT + "." + address.getAttempt());
        FileSystem files = directory.getFileSystem(configuration);
        try (OutputStream out = files.create(written, true)) {
            address.writeTo(out);
        }
        FileContext.getFileContext(directory.toUri(), configuration)
                .rename(written, new Path(directory, ENDPOINT), Rename.OVERWRITE);
    }

    /** Removes all of it; true when it is gone. */
    boolean remove() throws IOException {
        FileSystem files = directory.getFileSystem(configuration);
        return files.delete(directory, true) || !files.exists(directory);
    }
}
