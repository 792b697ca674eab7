package io.raddle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.plan.Lineage;
import io.raddle.proto.Storage;
import java.util.Arrays;

/** How Rdds are kept and let go. */
final class Keeping {
    private Keeping() {}

    static void persist(Rdd<?> rdd, StorageLevel level) {
        synchronized (rdd.lineage) {
            StorageLevel now = level(rdd.lineage);
            if (now == level) {
                return;
            }
            if (now != StorageLevel.NONE) {
                throw new RaddleException(new Cause.InvalidInput(
                        rdd + " is persisted as " + now + " already.", "Call unpersist() before another level."));
            }
            rdd.session.engine().persist(rdd.lineage, level.toProto());
            rdd.session.persisted(rdd);
        }
    }

    static void unpersist(Rdd<?> rdd, boolean blocking) {
        Runnable wait;
        synchronized (rdd.lineage) {
            rdd.session.unpersisted(rdd);
            wait = rdd.session.engine().unpersist(rdd.lineage);
        }
        if (blocking) {
            wait.run();
        }
    }

    static StorageLevel level(Lineage lineage) {
        return lineage.storage().map(Keeping::level).orElse(StorageLevel.NONE);
    }

    private static StorageLevel level(Storage storage) {
        Storage unnumbered = storage.toBuilder().clearId().build();
        return Arrays.stream(StorageLevel.values())
                .filter(level -> level.toProto().equals(unnumbered))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no level is " + storage));
    }
}
