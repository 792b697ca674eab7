package io.raddle.shuffle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the shuffle server. A block is written when the one before it has left, so a slow reader costs
 * nothing; the next request is read when the response is out. Used by one thread of the server.
 */
final class ShuffleServerHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ShuffleServerHandler.class);

    private final LocalDirectories directories;
    private final ShuffleSecret secret;
    private final String job;

    ShuffleServerHandler(LocalDirectories directories, ShuffleSecret secret, String job) {
        this.directories = directories;
        this.secret = secret;
        this.job = job;
    }

    /** A block to send: its header, and where its bytes are. */
    private record Part(BlockHeader header, Path data, long start) {
        int headerBytes() {
            ByteBuf buffer = Unpooled.buffer();
            header.write(buffer);
            return buffer.readableBytes();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                context.channel().config().setAutoRead(false);
                answer(context, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest http) {
        if (http.decoderResult().isFailure() || !http.method().equals(HttpMethod.GET)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "not a shuffle request");
            return;
        }
        if (!ShuffleRequest.NAME_VALUE.equals(http.headers().get(ShuffleRequest.NAME))
                || !ShuffleRequest.VERSION_VALUE.equals(http.headers().get(ShuffleRequest.VERSION))) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "Incompatible shuffle request version");
            return;
        }
        String given = http.headers().get(ShuffleRequest.URL_HASH, "");
        int port = ((java.net.InetSocketAddress) context.channel().localAddress()).getPort();
        if (!ShuffleSecret.same(secret.urlHash(port, http.uri()), given)) {
            LOG.warn(
                    "refused a shuffle request from {}: wrong hash",
                    context.channel().remoteAddress());
            refuse(
                    context,
                    HttpResponseStatus.UNAUTHORIZED,
                    "the request is not signed with this application's secret");
            return;
        }
        try {
            ShuffleRequest request = ShuffleRequest.parse(http.uri());
            if (!request.job().equals(job)) {
                refuse(context, HttpResponseStatus.UNAUTHORIZED, "Can't find job token for job " + request.job());
                return;
            }
            send(context, parts(request), given);
        } catch (IllegalArgumentException e) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.warn("cannot serve {}: {}", http.uri(), e.toString());
            refuse(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private List<Part> parts(ShuffleRequest request) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (String mapId : request.mapIds()) {
            IndexFile index = directories.index(mapId);
            Path data = directories.require(mapId, OutputFile.DATA);
            for (int reduce = request.first(); reduce <= request.last(); reduce++) {
                IndexFile.Entry entry = index.entry(reduce);
                parts.add(new Part(
                        new BlockHeader(mapId, entry.length(), entry.rawLength(), reduce), data, entry.start()));
            }
        }
        return parts;
    }

    private void send(ChannelHandlerContext context, List<Part> parts, String urlHash) {
        long length = 0;
        for (Part part : parts) {
            length += part.headerBytes() + part.header().length();
        }
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE)
                .set(ShuffleRequest.REPLY_HASH, secret.replyHash(urlHash))
                .set(ShuffleRequest.NAME, ShuffleRequest.NAME_VALUE)
                .set(ShuffleRequest.VERSION, ShuffleRequest.VERSION_VALUE);
        context.write(response);
        sendPart(context, parts, 0);
    }

    private void sendPart(ChannelHandlerContext context, List<Part> parts, int next) {
        if (next == parts.size()) {
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            context.channel().config().setAutoRead(true);
            return;
        }
        Part part = parts.get(next);
        ByteBuf header = context.alloc().buffer(BlockHeader.MAX_BYTES);
        part.header().write(header);
        ChannelFuture written = context.writeAndFlush(header);
        if (part.header().length() > 0) {
            written = context.writeAndFlush(new DefaultFileRegion(
                    part.data().toFile(), part.start(), part.header().length()));
        }
        written.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                sendPart(context, parts, next + 1);
            } else {
                LOG.warn("broke off a response at {}: {}", part.header().mapId(), String.valueOf(done.cause()));
                context.close();
            }
        });
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .set(ShuffleRequest.NAME, ShuffleRequest.NAME_VALUE)
                .set(ShuffleRequest.VERSION, ShuffleRequest.VERSION_VALUE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a shuffle connection broke", cause);
        context.close();
    }
}
