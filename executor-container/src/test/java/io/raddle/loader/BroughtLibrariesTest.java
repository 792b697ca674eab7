package io.raddle.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real libraries once more, brought by an application: they must live beside ours and never meet them. */
class BroughtLibrariesTest {
    private static final Pattern BROUGHT = Pattern.compile(
            "(netty|grpc|guava|failureaccess|protobuf-java|proto-google|jackson|perfmark|gson|error_prone_annotations|jsr305)-.*\\.jar");
    private static final String PROGRAM = """
            import com.fasterxml.jackson.core.JsonFactory;
            import com.fasterxml.jackson.core.JsonParser;
            import com.google.common.collect.ImmutableSortedMap;
            import com.google.protobuf.Struct;
            import com.google.protobuf.Value;
            import io.grpc.CallOptions;
            import io.grpc.ManagedChannel;
            import io.grpc.ManagedChannelBuilder;
            import io.grpc.MethodDescriptor;
            import io.grpc.Server;
            import io.grpc.ServerBuilder;
            import io.grpc.ServerServiceDefinition;
            import io.grpc.protobuf.ProtoUtils;
            import io.grpc.stub.ClientCalls;
            import io.grpc.stub.ServerCalls;
            import io.netty.buffer.ByteBuf;
            import io.netty.buffer.PooledByteBufAllocator;
            import java.util.ArrayList;
            import java.util.List;
            import java.util.concurrent.Callable;
            import java.util.concurrent.TimeUnit;

            public class Program implements Callable<List<Object>> {
                private static final MethodDescriptor<Struct, Struct> ECHO = MethodDescriptor.<Struct, Struct>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("app.Echo/echo")
                        .setRequestMarshaller(ProtoUtils.marshaller(Struct.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Struct.getDefaultInstance()))
                        .build();

                public List<Object> call() throws Exception {
                    List<Object> made = new ArrayList<>();
                    JsonParser json = new JsonFactory().createParser("{\\"number\\": 17}");
                    json.nextToken();
                    made.add(json.nextFieldName());
                    made.add(ImmutableSortedMap.of("b", 2, "a", 1).toString());
                    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(16);
                    made.add(buffer.writeLong(4).readableBytes());
                    buffer.release();
                    made.add(echo(Struct.newBuilder().putFields("x", Value.newBuilder().setNumberValue(3).build()).build())
                            .getFieldsOrThrow("x").getNumberValue());
                    made.add(json);
                    made.add(buffer);
                    made.add(ImmutableSortedMap.of());
                    made.add(ECHO);
                    made.add(Struct.getDefaultInstance());
                    return made;
                }

                private static Struct echo(Struct message) throws Exception {
                    Server server = ServerBuilder.forPort(0)
                            .addService(ServerServiceDefinition.builder("app.Echo")
                                    .addMethod(ECHO, ServerCalls.asyncUnaryCall((request, observer) -> {
                                        observer.onNext(request);
                                        observer.onCompleted();
                                    }))
                                    .build())
                            .build()
                            .start();
                    ManagedChannel channel =
                            ManagedChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
                    try {
                        return ClientCalls.blockingUnaryCall(channel, ECHO, CallOptions.DEFAULT, message);
                    } finally {
                        channel.shutdownNow();
                        server.shutdownNow();
                        channel.awaitTermination(10, TimeUnit.SECONDS);
                        server.awaitTermination(10, TimeUnit.SECONDS);
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void workBesideOurs() throws Exception {
        List<Path> jars = new ArrayList<>();
        jars.add(new Jars(directory).source("Program", PROGRAM).jar("program.jar"));
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path ->
                        BROUGHT.matcher(String.valueOf(path.getFileName())).matches())
                .forEach(jars::add);
        try (UserClassLoader loader = new UserClassLoader(jars, getClass().getClassLoader(), code -> {})) {
            Callable<?> program =
                    (Callable<?>) loader.loadClass("Program").getConstructor().newInstance();
            List<?> made = (List<?>) loader.<Object>call(program::call, code -> {});
            assertThat(made.subList(0, 4)).asList().isEqualTo(List.of("number", "{a=1, b=2}", 8, 3.0));
            assertThat(made.subList(4, made.size()))
                    .allSatisfy(value ->
                            assertThat(value.getClass().getClassLoader()).isSameAs(loader));
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .as("threads of the application")
                    .noneMatch(thread -> thread.getContextClassLoader() == loader));
        }
    }
}
