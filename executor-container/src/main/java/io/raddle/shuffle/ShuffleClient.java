package io.raddle.shuffle;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one HTTP client of an executor for map outputs, wherever they are served. All connections live on one thread of
 * its own; what tasks have under way at once is bounded in bytes. Safe for all threads.
 */
public final class ShuffleClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final long AVOID_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final EventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("shuffle-client", true));
    private final EventLoop loop = group.next();
    private final ShuffleSecret secret;
    private final String job;
    private final Duration inactivity;
    private final LocalDirectories directories;
    private volatile long maxBytesInFlight;
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final Map<InetSocketAddress, Peer> peers = new HashMap<>();
    /** Servers that did not answer, and since when. */
    private final Map<InetSocketAddress, Long> silent = new ConcurrentHashMap<>();

    /**
     * A client for the outputs of {@code job} ("job_" and the rest of the application id). A server that sends nothing
     * for {@code inactivity} is given up; blocks too large for memory go to files in {@code directories}.
     */
    public ShuffleClient(
            LocalDirectories directories,
            ShuffleSecret secret,
            String job,
            long maxBytesInFlight,
            Duration inactivity) {
        this.directories = directories;
        this.secret = secret;
        this.job = job;
        this.maxBytesInFlight = maxBytesInFlight;
        this.inactivity = inactivity;
    }

    /** Bytes that were asked for and that no task has done with yet. */
    public long bytesInFlight() {
        return bytesInFlight.get();
    }

    /** The bound on {@link #bytesInFlight}. */
    public long maxBytesInFlight() {
        return maxBytesInFlight;
    }

    /** Changes the bound; what is under way stays. */
    public void keepInFlight(long maxBytes) {
        maxBytesInFlight = maxBytes;
    }

    /** Takes room for {@code bytes}; a task with nothing under way is never refused, so that it gets on. */
    boolean tryTake(long bytes, boolean nothingUnderWay) {
        if (nothingUnderWay) {
            bytesInFlight.addAndGet(bytes);
            return true;
        }
        long most = maxBytesInFlight;
        long before = bytesInFlight.getAndAccumulate(bytes, (now, more) -> now + more <= most ? now + more : now);
        return before + bytes <= most;
    }

    void giveBack(long bytes) {
        bytesInFlight.addAndGet(-bytes);
    }

    /** Tells all tasks of this executor that a server did not answer, so that not each of them has to wait for it. */
    void avoid(InetSocketAddress server) {
        silent.put(server, System.nanoTime());
    }

    /** Whether a server did not answer a short while ago. */
    boolean avoids(InetSocketAddress server) {
        Long since = silent.get(server);
        return since != null && System.nanoTime() - since < AVOID_NANOS;
    }

    /** Sends {@code fetch} as soon as one of the few connections to its server is free. */
    void start(Fetch fetch) {
        loop.execute(() -> peers.computeIfAbsent(fetch.server(), this::peer).start(fetch));
    }

    private Peer peer(InetSocketAddress server) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true);
        return new Peer(server, bootstrap, () -> new PeerConnection(secret, job, inactivity, directories));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
