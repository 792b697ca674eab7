package io.raddle.shuffle;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.wire.PortRange;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Serves the map outputs in this executor's directories over HTTP, in the dialect of Hadoop's shuffle handler. Two
 * threads of its own; a connection holds one open file and a block header of memory, however slow its reader is.
 */
public final class ShuffleServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BACKLOG = 512;
    private static final int MAX_REQUEST_LINE = 4096;
    private static final int MAX_HEADERS = 8192;
    private static final int MAX_CHUNK = 65536;

    private final EventLoopGroup group;
    private final ChannelGroup connections;
    private final Channel listener;

    private ShuffleServer(EventLoopGroup group, ChannelGroup connections, Channel listener) {
        this.group = group;
        this.connections = connections;
        this.listener = listener;
    }

    /** Starts to listen on the first free of these ports, for requests of {@code job} that know {@code secret}. */
    public static ShuffleServer start(LocalDirectories directories, ShuffleSecret secret, String job, PortRange ports) {
        EventLoopGroup group = new NioEventLoopGroup(THREADS, new DefaultThreadFactory("shuffle-server", true));
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        try {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            connections.add(channel);
                            channel.pipeline()
                                    .addLast(new HttpServerCodec(MAX_REQUEST_LINE, MAX_HEADERS, MAX_CHUNK))
                                    .addLast(new ShuffleServerHandler(directories, secret, job));
                        }
                    });
            return new ShuffleServer(group, connections, bind(bootstrap, ports));
        } catch (RuntimeException e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    private static Channel bind(ServerBootstrap bootstrap, PortRange ports) {
        for (int port = ports.first(); port <= ports.last(); port++) {
            ChannelFuture bound = bootstrap.bind(port).awaitUninterruptibly();
            if (bound.isSuccess()) {
                return bound.channel();
            }
            if (!(bound.cause() instanceof BindException)) {
                throw new IllegalStateException("Nothing can listen on port " + port, bound.cause());
            }
        }
        throw new RaddleException(new Cause.LimitExceeded(
                "No port from " + ports.first() + " to " + ports.last() + " is free.", "raddle.port.range"));
    }

    /** The port that it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
