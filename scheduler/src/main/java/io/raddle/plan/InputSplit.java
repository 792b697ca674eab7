package io.raddle.plan;

import io.raddle.proto.FileSplit;
import java.util.List;

/** One partition of a file and the hosts that hold its first block. */
public record InputSplit(FileSplit file, List<String> hosts) {
    public InputSplit {
        hosts = List.copyOf(hosts);
    }
}
