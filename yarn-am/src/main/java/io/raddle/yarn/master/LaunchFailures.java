package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers executors that never came to life: which hosts to avoid, and when it is pointless to go on. An executor that
 * attached wipes the count of its host. One thread; pure.
 */
final class LaunchFailures {
    /** A host that failed so often in a row is avoided. */
    private static final int PER_HOST = 2;

    private static final int AT_LEAST_IN_ALL = 4;

    private final Map<String, Integer> byHost = new TreeMap<>();
    private int inARow;
    private Optional<Cause> last = Optional.empty();

    /** An executor on this host attached. */
    void attached(String host) {
        byHost.remove(host);
        inARow = 0;
        last = Optional.empty();
    }

    /** Why the last executor did not come to life; empty when one has since. */
    Optional<Cause> last() {
        return last;
    }

    /** What follows from one more failure, where {@code wanted} executors are asked for on {@code nodes} nodes. */
    Verdict failed(String host, Cause cause, int wanted, int nodes) {
        inARow++;
        last = Optional.of(cause);
        int here = byHost.merge(host, 1, Integer::sum);
        boolean hopeless = cause instanceof Cause.ClusterRefused;
        if (hopeless) {
            byHost.put(host, Math.max(here, PER_HOST));
        }
        boolean avoid = hopeless || here >= PER_HOST;
        long avoided = byHost.values().stream().filter(n -> n >= PER_HOST).count();
        if (inARow >= Math.max(AT_LEAST_IN_ALL, 2 * wanted) || avoided >= Math.max(1, nodes)) {
            return new Verdict(avoid, Optional.of(cause));
        }
        return new Verdict(avoid, Optional.empty());
    }

    /** Whether to avoid the host, and why the application cannot go on, when it cannot. */
    record Verdict(boolean avoidHost, Optional<Cause> giveUp) {}
}
