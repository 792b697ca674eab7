package io.raddle.yarn.client.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What one submit sends to the cluster's file system: counted, and the temporary files of the cache among it known until
 * they have their name, so that whoever gives the submit up leaves none. Safe for any thread.
 */
public final class Uploads {
    private final AtomicLong application = new AtomicLong();
    private final AtomicLong cached = new AtomicLong();
    private final Map<Path, FileSystem> unfinished = new LinkedHashMap<>();
    private boolean abandoned;

    /** Begins a temporary file; none once the submit was given up. */
    synchronized OutputStream begin(FileSystem files, Path temporary) throws IOException {
        if (abandoned) {
            throw new IOException(temporary + " was not written, because its application is not to run");
        }
        OutputStream out = files.create(temporary, false);
        unfinished.put(temporary, files);
        return out;
    }

    /** The temporary file is renamed, or not to be. */
    synchronized void end(FileSystem files, Path temporary) throws IOException {
        unfinished.remove(temporary);
        files.delete(temporary, false);
    }

    /** Removes what is being written and lets nothing begin; a cache keeps what is whole. */
    public synchronized void abandon() throws IOException {
        abandoned = true;
        for (Map.Entry<Path, FileSystem> each : unfinished.entrySet()) {
            each.getValue().delete(each.getKey(), false);
        }
        unfinished.clear();
    }

    void ofApplication(long bytes) {
        application.addAndGet(bytes);
    }

    void toCache(long bytes) {
        cached.addAndGet(bytes);
    }

    /** "Uploaded 12 KiB (application); the engine was cached." */
    @Override
    public String toString() {
        String own = "Uploaded " + size(application.get()) + " (application)";
        return cached.get() == 0
                ? own + "; the engine was cached."
                : own + " and " + size(cached.get()) + " (engine, once for this version).";
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 10 << 20
                ? String.format(Locale.ROOT, "%d KiB", bytes >> 10)
                : String.format(Locale.ROOT, "%d MiB", bytes >> 20);
    }
}
