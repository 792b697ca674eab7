package io.raddle.executor;

import io.raddle.wire.Secret;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;

/** The secrets in a container's token file: {@code executor} for the endpoint, {@code shuffle} for map outputs. */
record ExecutorSecrets(Secret executor, Secret shuffle) {
    static ExecutorSecrets read(Path tokenFile) throws IOException {
        Credentials credentials = new Credentials();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(tokenFile)))) {
            credentials.readTokenStorageStream(in);
        }
        return new ExecutorSecrets(secret(credentials, Secret.EXECUTOR), secret(credentials, Secret.SHUFFLE));
    }

    private static Secret secret(Credentials credentials, String purpose) throws IOException {
        byte[] bytes = credentials.getSecretKey(new Text("raddle." + purpose));
        if (bytes == null) {
            throw new IOException("The token file lacks raddle." + purpose + ".");
        }
        return Secret.of(bytes);
    }
}
