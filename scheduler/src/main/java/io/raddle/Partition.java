package io.raddle;

import java.util.List;

/** A partition of an Rdd: its number, and the hosts that hold what it reads first; none behind a shuffle. */
public record Partition(int index, List<String> hosts) {
    public Partition {
        hosts = List.copyOf(hosts);
    }
}
