package io.raddle.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SplittableRandom;

/**
 * Chooses one free port per name, the same as last time when it still is free, so that a configuration survives a
 * restart. Ports come from below the range that outgoing connections use: none of those can take one before its daemon
 * binds.
 */
final class Ports {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private final Path file;
    private final Properties chosen = new Properties();
    private final SplittableRandom random = new SplittableRandom();

    Ports(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                chosen.load(reader);
            }
        }
    }

    /** {@code localhost:port} for the listener of that name. */
    String address(String name) {
        int port = Integer.parseInt(chosen.getProperty(name, "0"));
        for (int attempt = 0; !isUsable(name, port); attempt++) {
            if (attempt == ATTEMPTS) {
                throw ClusterException.failure("No free port between " + LOWEST + " and " + HIGHEST + ".");
            }
            port = random.nextInt(LOWEST, HIGHEST);
        }
        chosen.setProperty(name, Integer.toString(port));
        return "localhost:" + port;
    }

    /** An address given out before. */
    String known(String name) {
        return "localhost:" + chosen.getProperty(name);
    }

    private boolean isUsable(String name, int port) {
        boolean taken = chosen.entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(name) && other.getValue().equals(Integer.toString(port)));
        return port != 0 && !taken && isFree(port);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the daemons do: connections of the last run may linger
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void save() throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            chosen.store(writer, null);
        }
    }
}
