package io.raddle.shuffle;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Indexes that were read lately, of a bounded size in all. Safe for all threads. */
final class IndexCache {
    private static final long MAX_BYTES = 8 << 20;

    private final Map<String, IndexFile> indexes = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    synchronized @Nullable IndexFile get(String mapId) {
        return indexes.get(mapId);
    }

    synchronized void put(String mapId, IndexFile index) {
        remove(mapId);
        indexes.put(mapId, index);
        bytes += bytes(index);
        Iterator<IndexFile> oldest = indexes.values().iterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            bytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    synchronized void remove(String mapId) {
        IndexFile index = indexes.remove(mapId);
        if (index != null) {
            bytes -= bytes(index);
        }
    }

    private static long bytes(IndexFile index) {
        return 200L + (long) index.size() * IndexFile.RECORD_BYTES;
    }
}
