package io.raddle.shuffle;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the shuffle client, with at most one request under way: Hadoop's handler mixes up pipelined ones.
 * It closes itself before an idle one would be closed by the server. Used by the client's thread.
 */
final class PeerConnection extends ChannelInboundHandlerAdapter {
    private static final long CHECK_MILLIS = 250;
    private static final long MAX_IDLE_NANOS = Duration.ofSeconds(4).toNanos();
    /** How much sooner a server is given up where another has the same. */
    private static final int IMPATIENCE = 6;

    private final ShuffleSecret secret;
    private final String job;
    private final long inactivityNanos;
    private final LocalDirectories directories;
    private @Nullable Channel channel;
    private @Nullable Peer peer;
    private @Nullable FetchResponse response;
    private @Nullable ScheduledFuture<?> check;
    private boolean keepAlive;
    private long lastActive;
    private long patienceNanos;

    PeerConnection(ShuffleSecret secret, String job, Duration inactivity, LocalDirectories directories) {
        this.secret = secret;
        this.job = job;
        inactivityNanos = inactivity.toNanos();
        this.directories = directories;
    }

    /** The connect promise is kept before the channel is active, so this is the time to look at it. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        lastActive = System.nanoTime();
        check = context.executor()
                .scheduleWithFixedDelay(this::checkTime, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return channel;
    }

    private void checkTime() {
        long quiet = System.nanoTime() - lastActive;
        long most = response == null ? MAX_IDLE_NANOS : patienceNanos;
        if (quiet > most) {
            end(Fetch.Failure.of(
                    Fetch.Kind.UNREACHABLE,
                    "nothing came for " + Duration.ofNanos(most).toMillis() + " ms"));
        }
    }

    /** Sends a request; its response goes to the listener of {@code fetch}. */
    void send(Fetch fetch, Peer owner) {
        peer = owner;
        lastActive = System.nanoTime();
        patienceNanos = fetch.elsewhere() ? inactivityNanos / IMPATIENCE : inactivityNanos;
        String uri = fetch.request(job).pathAndQuery();
        InetSocketAddress server = (InetSocketAddress) channel().remoteAddress();
        String urlHash = secret.urlHash(server.getPort(), uri);
        response = new FetchResponse(fetch, secret.replyHash(urlHash), directories);
        HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
        request.headers()
                .set(HttpHeaderNames.HOST, fetch.server().getHostString() + ":" + server.getPort())
                .set(ShuffleRequest.NAME, ShuffleRequest.NAME_VALUE)
                .set(ShuffleRequest.VERSION, ShuffleRequest.VERSION_VALUE)
                .set(ShuffleRequest.URL_HASH, urlHash);
        channel().writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                end(Fetch.Failure.of(Fetch.Kind.UNREACHABLE, String.valueOf(sent.cause())));
            }
        });
    }

    /** Waits for the next request. */
    void rest(Peer owner) {
        peer = owner;
        lastActive = System.nanoTime();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        lastActive = System.nanoTime();
        try {
            if (response != null) {
                take(response, message);
            } else {
                context.close();
            }
        } catch (IOException | RuntimeException e) {
            end(Fetch.Failure.of(Fetch.Kind.GARBLED, String.valueOf(e.getMessage())));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(FetchResponse into, Object message) throws IOException {
        if (message instanceof HttpResponse head) {
            keepAlive = HttpUtil.isKeepAlive(head);
            into.head(head);
        }
        if (message instanceof HttpContent content) {
            into.content(content.content());
        }
        if (message instanceof LastHttpContent) {
            Fetch.Failure failure = into.end();
            if (failure.kind() == Fetch.Kind.NONE && keepAlive) {
                response = null;
                into.tell(failure);
                if (peer != null) {
                    peer.released(this);
                }
            } else {
                end(failure);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (check != null) {
            check.cancel(false);
        }
        end(Fetch.Failure.of(Fetch.Kind.UNREACHABLE, "the connection was closed in mid-response"));
        if (peer != null) {
            peer.closed(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(Fetch.Failure.of(Fetch.Kind.UNREACHABLE, String.valueOf(cause.getMessage())));
    }

    /** Ends the request under way, if there is one, and the connection with it. */
    private void end(Fetch.Failure failure) {
        FetchResponse ended = response;
        response = null;
        if (channel != null) {
            channel.close();
        }
        if (ended != null) {
            ended.tell(failure);
        }
    }
}
