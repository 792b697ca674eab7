package io.raddle.yarn.master;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.raddle.wire.PortRange;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the status page, alike for every path, because YARN's web proxy chooses the path. */
final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private final HttpServer server;
    private final Supplier<String> page;

    private StatusServer(HttpServer server, Supplier<String> page) {
        this.server = server;
        this.page = page;
    }

    /** Listens on all interfaces, on the first free port of the range. */
    static StatusServer listen(PortRange ports, Supplier<String> page) throws IOException {
        for (int port = ports.first(); port < ports.last(); port++) {
            try {
                return listen(port, page);
            } catch (BindException e) {
                LOG.debug("Port {} is taken", port, e);
            }
        }
        return listen(ports.last(), page);
    }

    private static StatusServer listen(int port, Supplier<String> page) throws IOException {
        StatusServer started = new StatusServer(HttpServer.create(new InetSocketAddress(port), 0), page);
        started.server.createContext("/", started::answer);
        started.server.start();
        return started;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean reads = exchange.getRequestMethod().equals("GET")
                    || exchange.getRequestMethod().equals("HEAD");
            byte[] body = reads ? page.get().getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            boolean bodyless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(reads ? 200 : 405, bodyless ? -1 : body.length);
            if (!bodyless) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
