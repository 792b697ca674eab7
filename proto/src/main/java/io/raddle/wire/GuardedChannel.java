package io.raddle.wire;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** A connection that presents a secret with every call. Thread-safe; connects on first use. */
public final class GuardedChannel implements AutoCloseable {
    private static final long KEEP_ALIVE_SECONDS = 10;

    private final ManagedChannel channel;

    private GuardedChannel(ManagedChannel channel) {
        this.channel = channel;
    }

    /** A connection to a server of another process. */
    public static GuardedChannel open(String host, int port, Secret secret) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, port)
                .usePlaintext()
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        return new GuardedChannel(with(builder, secret));
    }

    /** A connection to a server of this process. */
    public static GuardedChannel inProcess(String name, Secret secret) {
        return new GuardedChannel(with(InProcessChannelBuilder.forName(name), secret));
    }

    private static ManagedChannel with(ManagedChannelBuilder<?> builder, Secret secret) {
        return builder.maxInboundMessageSize(GuardedServer.MAX_MESSAGE_BYTES)
                .intercept(new SecretHeader(secret))
                .build();
    }

    /** What stubs are made from. */
    public Channel channel() {
        return channel;
    }

    /** Ends all calls; the connection closes by itself. For threads that must not wait for it. */
    public void abandon() {
        channel.shutdownNow();
    }

    /** Ends all calls and waits until the connection is closed, 5 seconds at most. */
    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
