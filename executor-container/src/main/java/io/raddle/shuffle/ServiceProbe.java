package io.raddle.shuffle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the shuffle service of a node whether it knows this application, by a request for an output that is not there. A
 * service that speaks TLS, signs by another algorithm or was not told the secret would serve nobody.
 */
public final class ServiceProbe {
    private static final int TIMEOUT_MILLIS = 2_000;
    /** No output has this name, which stands in the log of the node. */
    private static final String NO_OUTPUT = "raddle-asks-whether-it-is-known";

    private ServiceProbe() {}

    /** Why it would not serve {@code job}; empty when it would. */
    public static Optional<String> refusal(String host, int port, ShuffleSecret secret, String job) {
        String uri = new ShuffleRequest(job, 0, 0, List.of(NO_OUTPUT)).pathAndQuery();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request(host, port, uri, secret).getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return understood(status) ? Optional.empty() : Optional.of("it answered " + status);
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static String request(String host, int port, String uri, ShuffleSecret secret) {
        return "GET " + uri + " HTTP/1.1\r\nHost: " + host + ":" + port + "\r\nConnection: close\r\n"
                + ShuffleRequest.NAME + ": " + ShuffleRequest.NAME_VALUE + "\r\n"
                + ShuffleRequest.VERSION + ": " + ShuffleRequest.VERSION_VALUE + "\r\n"
                + ShuffleRequest.URL_HASH + ": " + secret.urlHash(port, uri) + "\r\n\r\n";
    }

    /** It looked for the output: services before Hadoop 3.4 say 200 and that there is none behind it, later ones 500. */
    private static boolean understood(@Nullable String status) {
        return status != null && status.matches("HTTP/1\\.1 (200|404|500) .*");
    }
}
