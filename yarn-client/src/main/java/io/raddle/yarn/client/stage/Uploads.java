package io.raddle.yarn.client.stage;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one submit sends to the cluster's file system. Safe for any thread. */
public final class Uploads {
    private final AtomicLong application = new AtomicLong();
    private final AtomicLong cached = new AtomicLong();

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
