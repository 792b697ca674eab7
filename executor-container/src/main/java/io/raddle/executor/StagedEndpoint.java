package io.raddle.executor;

import io.raddle.proto.EndpointAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The endpoint that the command line named first, and after that what the file {@code endpoint} in the staging directory
 * says: each attempt of the application master writes it anew. The first look touches no file system.
 */
final class StagedEndpoint implements EndpointLocator {
    private static final String FILE = "endpoint";

    private final String stagingDirectory;
    private final Supplier<Configuration> configuration;
    private Endpoint known;
    private boolean asked;

    StagedEndpoint(Endpoint first, String stagingDirectory, Supplier<Configuration> configuration) {
        this.known = first;
        this.stagingDirectory = stagingDirectory;
        this.configuration = configuration;
    }

    @Override
    public Endpoint locate() throws IOException {
        if (!asked) {
            asked = true;
            return known;
        }
        Path file = new Path(stagingDirectory, FILE);
        try (InputStream in = file.getFileSystem(configuration.get()).open(file)) {
            EndpointAddress written = EndpointAddress.parseFrom(in);
            if (written.getAttempt() >= known.attempt()) {
                known = new Endpoint(written.getAttempt(), written.getHost(), written.getPort());
            }
        }
        return known;
    }
}
