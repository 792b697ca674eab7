package io.raddle.executor;

import io.raddle.proto.Artifact;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop's configuration as tasks see it: the client's, fetched when a task first needs it, with the entries of an
 * operator on top. Without one from the client it is what the class path gives. Thread-safe.
 */
final class HadoopSettings {
    private final Artifacts artifacts;
    private final ConcurrentHashMap<Variant, Configuration> variants = new ConcurrentHashMap<>();
    private volatile @Nullable Artifact document;
    private @Nullable Configuration base;

    private record Variant(Map<String, String> entries, ClassLoader loader) {}

    HadoopSettings(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    void comesFrom(Artifact newDocument) {
        document = newDocument;
    }

    /** One for a single task, whose format may change it. */
    Configuration copy(Map<String, String> entries, ClassLoader loader) throws InterruptedException {
        Configuration copy = new Configuration(base());
        copy.setClassLoader(loader);
        entries.forEach(copy::set);
        return copy;
    }

    Configuration with(Map<String, String> entries, ClassLoader loader) throws InterruptedException {
        Configuration start = base();
        return variants.computeIfAbsent(new Variant(entries, loader), variant -> {
            Configuration copy = new Configuration(start);
            copy.setClassLoader(loader);
            entries.forEach(copy::set);
            return copy;
        });
    }

    synchronized Configuration base() throws InterruptedException {
        Configuration known = base;
        if (known == null) {
            Artifact source = document;
            if (source == null) {
                known = new Configuration();
            } else {
                known = new Configuration(false);
                known.addResource(new ByteArrayInputStream(artifacts.bytes(source)), "the client");
            }
            base = known;
        }
        return known;
    }
}
