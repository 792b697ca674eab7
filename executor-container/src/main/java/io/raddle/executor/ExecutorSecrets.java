package io.raddle.executor;

import io.raddle.wire.Secret;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The secrets in a container's token file: {@code executor} for the endpoint, {@code shuffle} for map outputs. */
record ExecutorSecrets(Secret executor, Secret shuffle) {
    static ExecutorSecrets read(Path tokenFile) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(tokenFile)))) {
            Map<String, byte[]> keys = TokenFile.secretKeys(in);
            return new ExecutorSecrets(secret(keys, Secret.EXECUTOR), secret(keys, Secret.SHUFFLE));
        }
    }

    private static Secret secret(Map<String, byte[]> keys, String purpose) throws IOException {
        byte[] bytes = keys.get("raddle." + purpose);
        if (bytes == null) {
            throw new IOException("The token file lacks raddle." + purpose + ".");
        }
        return Secret.of(bytes);
    }
}
