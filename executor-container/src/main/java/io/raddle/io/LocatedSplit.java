package io.raddle.io;

import io.raddle.proto.HadoopSplit;
import java.util.List;

/** What one task reads and the hosts that hold it, best first. */
public record LocatedSplit(HadoopSplit split, List<String> hosts) {
    public LocatedSplit {
        hosts = List.copyOf(hosts);
    }
}
