package io.raddle.endpoint;

import io.raddle.proto.PeerAddress;
import io.raddle.proto.PieceHolders;
import io.raddle.proto.PieceRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which executors have which pieces of broadcasts, as they say themselves. Nothing depends on it being complete: what
 * nobody is known to have, the endpoint has. Bounded; thread-safe.
 */
final class BroadcastPeers {
    static final int MAX_BROADCASTS = 4096;
    /** Of a piece; with more to choose from nobody would be served sooner. */
    static final int MAX_HOLDERS = 64;

    private static final int MAX_ANSWER = 4;

    /** Holders by piece of each broadcast; the one that was least lately asked for goes first. */
    private final Map<Integer, Map<Integer, List<PeerAddress>>> broadcasts = new LinkedHashMap<>(16, 0.75f, true);

    /** Takes in what the caller says, and says who has what it wants. */
    synchronized PieceHolders answer(PieceRequest request) {
        Map<Integer, List<PeerAddress>> pieces =
                broadcasts.computeIfAbsent(request.getBroadcast(), none -> new HashMap<>());
        if (broadcasts.size() > MAX_BROADCASTS) {
            broadcasts.remove(broadcasts.keySet().iterator().next());
        }
        if (request.getGoneCount() > 0) {
            pieces.values().forEach(holders -> holders.removeAll(request.getGoneList()));
        }
        request.getHeldList()
                .forEach(piece -> add(pieces.computeIfAbsent(piece, none -> new ArrayList<>()), request.getCaller()));
        return request.hasWanted()
                ? some(pieces.getOrDefault(request.getWanted(), List.of()), request.getCaller())
                : PieceHolders.getDefaultInstance();
    }

    private static void add(List<PeerAddress> holders, PeerAddress holder) {
        if (holders.contains(holder)) {
            return;
        }
        if (holders.size() < MAX_HOLDERS) {
            holders.add(holder);
        } else {
            holders.set(ThreadLocalRandom.current().nextInt(MAX_HOLDERS), holder);
        }
    }

    private static PieceHolders some(List<PeerAddress> holders, PeerAddress caller) {
        List<PeerAddress> others = new ArrayList<>(holders);
        others.remove(caller);
        Collections.shuffle(others, ThreadLocalRandom.current());
        return PieceHolders.newBuilder()
                .addAllPeers(others.subList(0, Math.min(MAX_ANSWER, others.size())))
                .build();
    }

    /** Executors are told to drop what they have of it. */
    synchronized void forget(int broadcast) {
        broadcasts.remove(broadcast);
    }

    synchronized int broadcasts() {
        return broadcasts.size();
    }
}
