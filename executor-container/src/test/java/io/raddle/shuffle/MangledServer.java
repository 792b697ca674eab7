package io.raddle.shuffle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves map outputs as the protocol wants it, by other means than the real server, and then spoils some responses. */
final class MangledServer implements AutoCloseable {
    /** Spoils the body of the n-th response, counted from 1; a shorter one is broken off. */
    interface Mangling {
        byte[] mangle(int response, byte[] body);
    }

    private final LocalDirectories directories;
    private final Mangling mangling;
    private final HttpServer server;
    private final AtomicInteger responses = new AtomicInteger();

    MangledServer(LocalDirectories directories, Mangling mangling) throws IOException {
        this.directories = directories;
        this.mangling = mangling;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    int responses() {
        return responses.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String hash = exchange.getRequestHeaders().getFirst(ShuffleRequest.URL_HASH);
        byte[] whole = body(ShuffleRequest.parse(exchange.getRequestURI().toString()));
        byte[] spoiled = mangling.mangle(responses.incrementAndGet(), whole);
        exchange.getResponseHeaders().set(ShuffleRequest.REPLY_HASH, Shuffling.SECRET.replyHash(hash));
        exchange.sendResponseHeaders(200, Math.max(spoiled.length, whole.length));
        try (exchange) {
            exchange.getResponseBody().write(spoiled);
            exchange.getResponseBody().flush();
        }
    }

    private byte[] body(ShuffleRequest request) throws IOException {
        ByteBuf body = Unpooled.buffer();
        for (String mapId : request.mapIds()) {
            IndexFile.Entry entry = directories.index(mapId).entry(request.first());
            new BlockHeader(mapId, entry.length(), entry.rawLength(), request.first()).write(body);
            byte[] data = Files.readAllBytes(directories.require(mapId, OutputFile.DATA));
            body.writeBytes(data, (int) entry.start(), (int) entry.length());
        }
        return Arrays.copyOf(body.array(), body.readableBytes());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
