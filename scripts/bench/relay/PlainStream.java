package io.raddle.yarn.client;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.raddle.proto.Chunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.SplittableRandom;

/** What the way to a master is held to: a process that sends bytes in one gRPC stream, and nothing else. */
final class PlainStream implements AutoCloseable {
    private static final int CHUNK_BYTES = 256 << 10;
    private static final MethodDescriptor<Chunk, Chunk> METHOD = MethodDescriptor.<Chunk, Chunk>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName("plain/stream")
            .setRequestMarshaller(ProtoUtils.marshaller(Chunk.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(Chunk.getDefaultInstance()))
            .build();

    private final Process server;
    private final int port;

    private PlainStream(Process server, int port) {
        this.server = server;
        this.port = port;
    }

    static PlainStream start(long bytes) throws IOException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainStream.class.getName(),
                        Long.toString(bytes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new PlainStream(server, Integer.parseInt(server.inputReader().readLine()));
    }

    int port() {
        return port;
    }

    /** Seconds that it takes to have all of it by way of a port. */
    static double receive(int port, long bytes) {
        ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create())
                .build();
        try {
            long began = System.nanoTime();
            long received = 0;
            Iterator<Chunk> chunks = ClientCalls.blockingServerStreamingCall(
                    channel, METHOD, CallOptions.DEFAULT, Chunk.getDefaultInstance());
            while (chunks.hasNext()) {
                received += chunks.next().getData().size();
            }
            if (received != bytes) {
                throw new IllegalStateException(received + " bytes came instead of " + bytes);
            }
            return (System.nanoTime() - began) / 1e9;
        } finally {
            channel.shutdownNow();
        }
    }

    /** The server. Argument: how many bytes to send to each caller. It ends when its standard input does. */
    public static void main(String[] words) throws IOException {
        long bytes = Long.parseLong(words[0]);
        byte[] data = new byte[CHUNK_BYTES];
        new SplittableRandom(1).nextBytes(data);
        Chunk chunk = Chunk.newBuilder().setData(ByteString.copyFrom(data)).build();
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("plain")
                        .addMethod(METHOD, ServerCalls.asyncServerStreamingCall((asked, caller) -> send(
                                (ServerCallStreamObserver<Chunk>) caller, chunk, bytes / CHUNK_BYTES)))
                        .build())
                .build()
                .start();
        System.out.println(server.getPort());
        while (System.in.read() >= 0) {}
        server.shutdownNow();
    }

    private static void send(ServerCallStreamObserver<Chunk> caller, Chunk chunk, long count) {
        long[] left = {count};
        caller.setOnReadyHandler(() -> {
            while (left[0] > 0 && caller.isReady()) {
                caller.onNext(chunk);
                left[0]--;
                if (left[0] == 0) {
                    caller.onCompleted();
                }
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.getOutputStream().close();
    }
}
