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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one reduce partition that come over the network: asks for as many as the client has room for, in batches
 * by server, again where that may help, and the shuffle service of a node for what an executor does not give. Used by the
 * task's thread; the client's thread only fills the queue of events.
 */
final class RemoteBlocks {
    private static final int MAX_MAPS = 64;
    private static final long MAX_BATCH_BYTES = 8 << 20;
    /** A block larger than this goes through a file and takes no more memory than this. */
    private static final long MAX_BLOCK_BYTES = 4 << 20;

    private static final int MAX_ATTEMPTS = 4;
    /** 21 seconds in all: a NodeManager that is started again serves after 4 to 8. */
    private static final int MAX_ATTEMPTS_OF_SERVICE = 7;

    private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MAX_DOUBLINGS = 6;

    private final ShuffleClient client;
    private final int partition;
    private final Map<InetSocketAddress, Server> servers = new LinkedHashMap<>();
    private final Map<String, String> bad = new HashMap<>();
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private int underWay;
    private volatile boolean closed;

    /** A server and what is still to be asked of it; the client's thread only tells it what came. */
    private final class Server implements Fetch.Listener {
        private final InetSocketAddress address;
        private final boolean service;
        private final List<MapOutputLocation> waiting = new ArrayList<>();
        private boolean oneByOne;
        private int failures;
        private long notBefore = System.nanoTime();

        Server(InetSocketAddress address, boolean service) {
            this.address = address;
            this.service = service;
        }

        /** Whether nobody else can be asked for this output. */
        boolean isLastFor(MapOutputLocation location) {
            return service || location.servicePort() == 0;
        }

        @Override
        public void received(Block block) {
            long cost = cost(block.location());
            offer(new Event(this, block.releasing(() -> client.giveBack(cost)), List.of(), Fetch.Failure.NONE));
        }

        @Override
        public void ended(List<MapOutputLocation> left, Fetch.Failure failure) {
            offer(new Event(this, null, left, failure));
        }
    }

    /** A block, or the end of a request. */
    private record Event(Server server, @Nullable Block block, List<MapOutputLocation> left, Fetch.Failure failure) {}

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

    /** Brings this output, which somebody serves. */
    void add(MapOutputLocation location) {
        boolean executorIsGone =
                location.shufflePort() == 0 || location.servicePort() != 0 && client.avoids(location.executor());
        (executorIsGone ? service(location) : executor(location)).waiting.add(location);
    }

    private Server executor(MapOutputLocation location) {
        return servers.computeIfAbsent(location.executor(), address -> new Server(address, false));
    }

    private Server service(MapOutputLocation location) {
        return servers.computeIfAbsent(location.service(), address -> new Server(address, true));
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
                client.start(new Fetch(server.address, partition, batch, !server.isLastFor(batch.get(0)), server));
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
            boolean full = count == (server.oneByOne ? 1 : MAX_MAPS)
                    || bytes > MAX_BATCH_BYTES
                    || chars > ShuffleRequest.MAX_MAP_ID_CHARS;
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
            } else if (verified(event.server(), block)) {
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

    private boolean verified(Server server, Block block) throws LostException {
        MapOutputLocation location = block.location();
        underWay--;
        server.failures = 0;
        try {
            block.verify();
            return true;
        } catch (IOException e) {
            block.close();
            again(server, location, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** A block that came broken is asked for once more: the network or the server's memory may have been the reason. */
    private void again(Server server, MapOutputLocation location, String detail) throws LostException {
        server.waiting.add(location);
        if (bad.put(location.mapId(), detail) != null) {
            giveUp(server, other -> other.mapId().equals(location.mapId()), detail);
        }
    }

    /** What this server does not give is asked of the next, or lost. */
    private void giveUp(Server server, Predicate<MapOutputLocation> which, String detail) throws LostException {
        List<MapOutputLocation> asked = List.copyOf(server.waiting);
        List<MapOutputLocation> lost = new ArrayList<>();
        server.waiting.clear();
        for (MapOutputLocation location : asked) {
            if (!which.test(location)) {
                server.waiting.add(location);
            } else if (server.isLastFor(location)) {
                lost.add(location);
            } else {
                service(location).waiting.add(location);
            }
        }
        if (!lost.isEmpty()) {
            throw new LostException(lost, detail);
        }
    }

    private void ended(Event event) throws LostException {
        if (event.left.isEmpty()) {
            return;
        }
        underWay -= event.left.size();
        event.left.forEach(location -> client.giveBack(cost(location)));
        Server server = event.server;
        String detail = server.address.getHostString() + ":" + server.address.getPort() + ": " + event.failure.detail();
        if (event.failure.kind() == Fetch.Kind.GARBLED && event.left.size() == 1) {
            again(server, event.left.get(0), detail);
            return;
        }
        server.waiting.addAll(event.left);
        switch (event.failure.kind()) {
            case BUSY ->
                server.notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(event.failure.retryMillis());
            case MISSING -> missing(server, event, detail);
            case REFUSED -> giveUp(server, all -> true, detail);
            // Older services put the text of an error among the blocks, and which output it is about is not told.
            case GARBLED -> server.oneByOne = true;
            default -> later(server, detail);
        }
    }

    /** Requests that were under way together fail together: until the next try, that is one trouble and counts as one. */
    private void later(Server server, String detail) throws LostException {
        if (server.failures > 0 && server.notBefore - System.nanoTime() > 0) {
            return;
        }
        server.failures++;
        boolean others = !server.waiting.isEmpty() && !server.isLastFor(server.waiting.get(0));
        if (others) {
            client.avoid(server.address);
        }
        if (others || server.failures >= (server.service ? MAX_ATTEMPTS_OF_SERVICE : MAX_ATTEMPTS)) {
            giveUp(server, all -> true, detail);
        } else {
            int doublings = Math.min(MAX_DOUBLINGS, 2 * (server.failures - 1));
            server.notBefore = System.nanoTime() + (FIRST_DELAY_NANOS << doublings);
        }
    }

    /** One bad output fails a whole request; the text names it, and the others are not to blame. */
    private void missing(Server server, Event event, String detail) throws LostException {
        Set<String> blamed = new HashSet<>();
        for (MapOutputLocation location : event.left) {
            if (event.failure.detail().contains(location.mapId())) {
                blamed.add(location.mapId());
            }
        }
        if (blamed.isEmpty()) {
            later(server, detail);
        } else {
            giveUp(server, location -> blamed.contains(location.mapId()), detail);
        }
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
