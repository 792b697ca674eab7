package io.raddle.io;

import io.raddle.proto.FileSplit;
import java.util.List;

/** A range of a text file and the hosts that hold most of it, best first. */
public record TextSplit(String path, long offsetBytes, long lengthBytes, long fileLengthBytes, List<String> hosts) {
    public TextSplit {
        hosts = List.copyOf(hosts);
    }

    /** The part of it that a task needs. */
    public FileSplit toProto() {
        return FileSplit.newBuilder()
                .setPath(path)
                .setOffsetBytes(offsetBytes)
                .setLengthBytes(lengthBytes)
                .setFileLengthBytes(fileLengthBytes)
                .build();
    }
}
