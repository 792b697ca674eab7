package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.loader.UserClassLoader;
import io.raddle.proto.Artifact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The user's classes by the jars that hold them; a plan without jars uses those of the program itself. Thread-safe. */
final class Applications {
    private final Artifacts artifacts;
    private final Application own;
    private final ConcurrentHashMap<List<ByteString>, Application> byJars = new ConcurrentHashMap<>();

    Applications(Artifacts artifacts, ClassLoader own) {
        this.artifacts = artifacts;
        this.own = new Application(own);
    }

    Application of(List<Artifact> jars) throws InterruptedException {
        if (jars.isEmpty()) {
            return own;
        }
        List<ByteString> key = jars.stream().map(Artifact::getSha256).toList();
        Application known = byJars.get(key);
        return known == null ? load(key, jars) : known;
    }

    private synchronized Application load(List<ByteString> key, List<Artifact> jars) throws InterruptedException {
        Application known = byJars.get(key);
        if (known != null) {
            return known;
        }
        List<Path> files = new ArrayList<>();
        for (Artifact jar : jars) {
            files.add(artifacts.file(jar));
        }
        // Only tasks run user code here, and each says what becomes of its exits.
        Application loaded =
                new Application(new UserClassLoader(files, getClass().getClassLoader(), code -> {}));
        byJars.put(key, loaded);
        return loaded;
    }
}
