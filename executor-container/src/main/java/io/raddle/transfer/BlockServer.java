package io.raddle.transfer;

import io.raddle.wire.Guarded;
import io.raddle.wire.GuardedServer;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.util.List;
import java.util.UUID;

/** Serves the blocks of one executor to the others of its application, which know the secret. Thread-safe. */
public final class BlockServer implements AutoCloseable {
    /** How many blocks are read from one executor at once; whoever comes later is told to ask again. */
    static final int MAX_READERS = 64;

    private final GuardedServer server;
    private final PeerAddress address;

    private BlockServer(GuardedServer server, PeerAddress address) {
        this.server = server;
        this.address = address;
    }

    /** Listens on the first free of these ports; others reach it under the name {@code host}. */
    public static BlockServer listen(String host, PortRange ports, Secret secret, BlockProvider blocks) {
        GuardedServer server = GuardedServer.listen(ports, services(secret, blocks, MAX_READERS));
        return new BlockServer(server, new PeerAddress(host, server.port()));
    }

    /** Serves executors of this process only. */
    public static BlockServer inProcess(Secret secret, BlockProvider blocks) {
        return inProcess(secret, blocks, MAX_READERS);
    }

    static BlockServer inProcess(Secret secret, BlockProvider blocks, int mostReaders) {
        String name = "raddle-blocks-" + UUID.randomUUID();
        return new BlockServer(
                GuardedServer.inProcess(name, services(secret, blocks, mostReaders)), new PeerAddress(name, 0));
    }

    private static List<Guarded> services(Secret secret, BlockProvider blocks, int mostReaders) {
        return List.of(new Guarded(new BlockCalls(blocks, mostReaders), secret));
    }

    /** Where it is reached. */
    public PeerAddress address() {
        return address;
    }

    @Override
    public void close() {
        server.close();
    }
}
