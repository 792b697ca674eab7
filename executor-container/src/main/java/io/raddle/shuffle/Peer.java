package io.raddle.shuffle;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The few connections to one server, and the requests that wait for one. Used by the client's thread. */
final class Peer {
    private static final int MAX_CONNECTIONS = 2;
    private static final int MAX_STATUS_LINE = 4096;
    private static final int MAX_HEADERS = 8192;
    private static final int MAX_CHUNK = 65536;

    private final InetSocketAddress server;
    private final Bootstrap bootstrap;
    private final Deque<Fetch> waiting = new ArrayDeque<>();
    private final Deque<PeerConnection> idle = new ArrayDeque<>();
    private int connections;

    Peer(InetSocketAddress server, Bootstrap bootstrap, Supplier<PeerConnection> handlers) {
        this.server = server;
        this.bootstrap = bootstrap.handler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(new HttpClientCodec(MAX_STATUS_LINE, MAX_HEADERS, MAX_CHUNK))
                        .addLast(handlers.get());
            }
        });
    }

    void start(Fetch fetch) {
        waiting.add(fetch);
        pump();
    }

    private void pump() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            // The youngest first: the others may then grow old and close.
            idle.pop().send(waiting.remove(), this);
        }
        if (!waiting.isEmpty() && connections < MAX_CONNECTIONS) {
            connect();
        }
    }

    private void connect() {
        connections++;
        InetSocketAddress address = new InetSocketAddress(server.getHostString(), server.getPort());
        if (address.isUnresolved()) {
            failOne("the name " + server.getHostString() + " does not resolve here");
            return;
        }
        bootstrap.connect(address).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                failOne(String.valueOf(connected.cause().getMessage()));
            } else if (waiting.isEmpty()) {
                released(connected.channel().pipeline().get(PeerConnection.class));
            } else {
                connected.channel().pipeline().get(PeerConnection.class).send(waiting.remove(), this);
                pump();
            }
        });
    }

    private void failOne(String detail) {
        connections--;
        Fetch fetch = waiting.poll();
        if (fetch != null) {
            fetch.listener().ended(fetch.outputs(), Fetch.Failure.of(Fetch.Kind.UNREACHABLE, detail));
        }
        pump();
    }

    /** A connection has nothing to do. */
    void released(PeerConnection connection) {
        connection.rest(this);
        idle.push(connection);
        pump();
    }

    /** A connection is gone. */
    void closed(PeerConnection connection) {
        connections--;
        idle.remove(connection);
        pump();
    }
}
