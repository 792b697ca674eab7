package io.raddle.shuffle;

import io.raddle.memory.TaskMemory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one reduce partition that come over the network: asks for as many as the client has room for, in batches
 * by server, again where that may help. Used by the task's thread; the client's thread only fills the queue of events.
 */
final class RemoteBlocks implements Fetch.Listener {
    private static final int MAX_MAPS = 64;
    private static final long MAX_BATCH_BYTES = 8 << 20;
    /** A block larger than this goes through a file and takes no more memory than this. */
    private static final long MAX_BLOCK_BYTES = 4 << 20;

    private static final int MAX_ATTEMPTS = 4;
    private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ShuffleClient client;
    private final int partition;
    private final Map<InetSocketAddress, Server> servers = new LinkedHashMap<>();
    private final Map<String, String> bad = new HashMap<>();
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private int underWay;
    private volatile boolean closed;

    /** A server and what is still to be asked of it. */
    private static final class Server {
        private final InetSocketAddress address;
        private final List<MapOutputLocation> waiting = new ArrayList<>();
        private int failures;
        private long notBefore = System.nanoTime();

        Server(InetSocketAddress address) {
            this.address = address;
        }
    }

    /** A block, or the end of a request. */
    private record Event(@Nullable Block block, List<MapOutputLocation> left, Fetch.Failure failure) {}

    /** Outputs that this source does not give. */
    static final class LostException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<MapOutputLocation> outputs;

        LostException(List<MapOutputLocation> outputs, String detail) {
            super(detail);
            this.outputs = outputs;
        }

        List<MapOutputLocation> outputs() {
            return outputs;
        }
    }

    RemoteBlocks(ShuffleClient client, int partition, TaskMemory task) {
        this.client = client;
        this.partition = partition;
        task.closeAtEnd(this::close);
    }

    void add(MapOutputLocation location) {
        InetSocketAddress address =
                InetSocketAddress.createUnresolved(location.node().host(), location.shufflePort());
        servers.computeIfAbsent(address, Server::new).waiting.add(location);
    }

    private long cost(MapOutputLocation location) {
        return Math.min(MAX_BLOCK_BYTES, location.bytes(partition));
    }

    /** Sends the requests that there is room for. */
    void pump() {
        long now = System.nanoTime();
        List<Server> some = new ArrayList<>(servers.values());
        // Readers that start together must not all ask the same server first.
        Collections.shuffle(some);
        for (Server server : some) {
            while (!server.waiting.isEmpty() && server.notBefore - now <= 0) {
                List<MapOutputLocation> batch = batch(server);
                long bytes = batch.stream().mapToLong(this::cost).sum();
                if (!client.tryTake(bytes, underWay == 0)) {
                    return;
                }
                server.waiting.subList(0, batch.size()).clear();
                underWay += batch.size();
                client.start(new Fetch(server.address, partition, batch, this));
            }
        }
    }

    private List<MapOutputLocation> batch(Server server) {
        long bytes = 0;
        int chars = 0;
        int count = 0;
        for (MapOutputLocation location : server.waiting) {
            bytes += cost(location);
            chars += location.mapId().length() + 1;
            boolean full = count == MAX_MAPS || bytes > MAX_BATCH_BYTES || chars > ShuffleRequest.MAX_MAP_ID_CHARS;
            if (full && count > 0) {
                break;
            }
            count++;
        }
        return List.copyOf(server.waiting.subList(0, count));
    }

    /** The next verified block; null when all were handed out. */
    @Nullable
    Block next() throws LostException, InterruptedException {
        while (true) {
            pump();
            if (underWay == 0 && nothingWaits()) {
                return null;
            }
            Event event = events.poll(untilNextTry(), TimeUnit.NANOSECONDS);
            if (event == null) {
                continue;
            }
            Block block = event.block();
            if (block == null) {
                ended(event);
            } else if (verified(block)) {
                return block;
            }
        }
    }

    private boolean nothingWaits() {
        return servers.values().stream().allMatch(server -> server.waiting.isEmpty());
    }

    private long untilNextTry() {
        long now = System.nanoTime();
        long wait = TimeUnit.SECONDS.toNanos(1);
        for (Server server : servers.values()) {
            if (!server.waiting.isEmpty() && server.notBefore - now > 0) {
                wait = Math.min(wait, server.notBefore - now);
            }
        }
        return wait;
    }

    private boolean verified(Block block) throws LostException {
        MapOutputLocation location = block.location();
        underWay--;
        server(location).failures = 0;
        try {
            block.verify();
            return true;
        } catch (IOException e) {
            block.close();
            again(location, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** A block that came broken is asked for once more: the network or the server's memory may have been the reason. */
    private void again(MapOutputLocation location, String detail) throws LostException {
        if (bad.put(location.mapId(), detail) != null) {
            throw new LostException(List.of(location), detail);
        }
        add(location);
    }

    private Server server(MapOutputLocation location) {
        InetSocketAddress address =
                InetSocketAddress.createUnresolved(location.node().host(), location.shufflePort());
        return servers.computeIfAbsent(address, Server::new);
    }

    private void ended(Event event) throws LostException {
        if (event.left.isEmpty()) {
            return;
        }
        underWay -= event.left.size();
        event.left.forEach(location -> client.giveBack(cost(location)));
        Server server = server(event.left.get(0));
        server.waiting.addAll(event.left);
        String detail = server.address.getHostString() + ":" + server.address.getPort() + ": " + event.failure.detail();
        switch (event.failure.kind()) {
            case BUSY ->
                server.notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(event.failure.retryMillis());
            case MISSING -> missing(server, event, detail);
            case REFUSED -> throw new LostException(List.copyOf(server.waiting), detail);
            default -> later(server, detail);
        }
    }

    /** Requests that were under way together fail together: until the next try, that is one trouble and counts as one. */
    private static void later(Server server, String detail) throws LostException {
        if (server.failures > 0 && server.notBefore - System.nanoTime() > 0) {
            return;
        }
        if (++server.failures >= MAX_ATTEMPTS) {
            throw new LostException(List.copyOf(server.waiting), detail);
        }
        server.notBefore = System.nanoTime() + (FIRST_DELAY_NANOS << 2 * (server.failures - 1));
    }

    /** One bad output fails a whole request; the text names it, and the others are not to blame. */
    private static void missing(Server server, Event event, String detail) throws LostException {
        Set<String> blamed = new HashSet<>();
        for (MapOutputLocation location : event.left) {
            if (event.failure.detail().contains(location.mapId())) {
                blamed.add(location.mapId());
            }
        }
        if (blamed.isEmpty()) {
            later(server, detail);
            return;
        }
        throw new LostException(
                event.left.stream()
                        .filter(location -> blamed.contains(location.mapId()))
                        .toList(),
                detail);
    }

    @Override
    public void received(Block block) {
        long cost = cost(block.location());
        offer(new Event(block.releasing(() -> client.giveBack(cost)), List.of(), Fetch.Failure.NONE));
    }

    @Override
    public void ended(List<MapOutputLocation> left, Fetch.Failure failure) {
        offer(new Event(null, left, failure));
    }

    private void offer(Event event) {
        events.add(event);
        if (closed) {
            drain();
        }
    }

    /** Lets go of what came and of what is still to come. */
    private void close() {
        closed = true;
        drain();
    }

    private void drain() {
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (event.block != null) {
                event.block.close();
            } else {
                event.left.forEach(location -> client.giveBack(cost(location)));
            }
        }
    }
}
