package io.raddle.endpoint;

import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an endpoint listens and what it may use: the secrets of executors and of watchers, ports (none: this process
 * only), a directory of its own, how many bytes of artifacts and pushed results it keeps there, and the files that hold
 * the driver's standard streams when they are to be read from outside.
 */
public record EndpointSettings(
        Secret executorSecret,
        Secret controlSecret,
        Optional<PortRange> ports,
        Path directory,
        long maxBytes,
        Optional<Path> standardOutput,
        Optional<Path> standardError) {
    /** For executors of this process, under a new secret. */
    public static EndpointSettings inProcess(Path directory, long maxBytes) {
        Secret secret = Secret.random();
        return new EndpointSettings(
                secret.derive(Secret.EXECUTOR),
                secret.derive(Secret.CONTROL),
                Optional.empty(),
                directory,
                maxBytes,
                Optional.empty(),
                Optional.empty());
    }
}
