package io.raddle.executor;

import io.raddle.shuffle.LocalDirectories;
import io.raddle.shuffle.ServiceProbe;
import io.raddle.shuffle.ShuffleClient;
import io.raddle.shuffle.ShuffleSecret;
import io.raddle.shuffle.ShuffleServer;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How map outputs travel between executors of one application: {@code job} names it to shuffle servers, {@code secret}
 * signs requests, {@code servicePort} is that of the node's own shuffle service, 0 when it has none, and our own server
 * listens on one of {@code ports}.
 */
public record ShuffleNetwork(String job, Secret secret, int servicePort, PortRange ports) {
    private static final Logger LOG = LoggerFactory.getLogger(ShuffleNetwork.class);
    private static final long MIN_IN_FLIGHT_BYTES = 8 << 20;
    private static final long MAX_IN_FLIGHT_BYTES = 64 << 20;
    private static final Duration INACTIVITY = Duration.ofSeconds(30);

    /** Port of the service of the node {@code host} if it serves this application, else 0: then only executors do. */
    int usableServicePort(String host) {
        if (servicePort == 0) {
            return 0;
        }
        Optional<String> refusal = ServiceProbe.refusal(host, servicePort, new ShuffleSecret(secret.bytes()), job);
        refusal.ifPresent(why -> LOG.warn(
                "The shuffle service at {}:{} is of no use, so outputs end with this executor: {}",
                host,
                servicePort,
                why));
        return refusal.isPresent() ? 0 : servicePort;
    }

    ShuffleServer server(LocalDirectories directories) {
        return ShuffleServer.start(directories, new ShuffleSecret(secret.bytes()), job, ports);
    }

    ShuffleClient client(LocalDirectories directories, long engineBytes) {
        long inFlight = Math.max(MIN_IN_FLIGHT_BYTES, Math.min(MAX_IN_FLIGHT_BYTES, engineBytes / 8));
        return new ShuffleClient(directories, new ShuffleSecret(secret.bytes()), job, inFlight, INACTIVITY);
    }
}
