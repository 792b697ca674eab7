package io.raddle.wire;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A gRPC server every call of which must present the secret of its service. Thread-safe. */
public final class GuardedServer implements AutoCloseable {
    /** Largest message that either side takes; larger content travels in chunks. */
    public static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final Server server;
    private final LongAdder rejected;

    private GuardedServer(Server server, LongAdder rejected) {
        this.server = server;
        this.rejected = rejected;
    }

    /** Listens on all interfaces, on the first free port of the range. */
    public static GuardedServer listen(PortRange ports, List<Guarded> services) {
        LongAdder rejected = new LongAdder();
        for (int port = ports.first(); port <= ports.last(); port++) {
            NettyServerBuilder builder = NettyServerBuilder.forPort(port)
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .permitKeepAliveTime(1, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true);
            try {
                return new GuardedServer(with(builder, services, rejected).start(), rejected);
            } catch (IOException e) {
                if (!(e.getCause() instanceof BindException) && !(e instanceof BindException)) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new RaddleException(new Cause.LimitExceeded(
                "No port from " + ports.first() + " to " + ports.last() + " is free.", "raddle.port.range"));
    }

    /** Serves callers of the same process under a name. */
    public static GuardedServer inProcess(String name, List<Guarded> services) {
        LongAdder rejected = new LongAdder();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
        try {
            return new GuardedServer(with(builder, services, rejected).start(), rejected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Server with(ServerBuilder<?> builder, List<Guarded> services, LongAdder rejected) {
        for (Guarded guarded : services) {
            builder.addService(
                    ServerInterceptors.intercept(guarded.service(), new SecretCheck(guarded.secret(), rejected)));
        }
        return builder.build();
    }

    /** The port listened on; -1 in process. */
    public int port() {
        return server.getPort();
    }

    /** How many calls were turned away for their secret so far. */
    public long rejectedCalls() {
        return rejected.sum();
    }

    /** Ends all calls and frees the port. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
