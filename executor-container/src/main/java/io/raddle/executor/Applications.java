package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.loader.UserClassLoader;
import io.raddle.proto.Artifact;
import io.raddle.proto.StagePlan;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The user's classes by the jars that hold them; a plan without jars uses those of the program itself. Thread-safe. */
final class Applications {
    /** A session to which jars are added again and again must not keep all their classes; each is loaded anew at need. */
    private static final int MAX_KNOWN = 32;

    private final Artifacts artifacts;
    private final Application own;
    private final ConcurrentHashMap<List<ByteString>, Application> byJars = new ConcurrentHashMap<>();

    Applications(Artifacts artifacts, ClassLoader own) {
        this.artifacts = artifacts;
        this.own = new Application(own);
    }

    Application of(StagePlan plan) throws InterruptedException {
        if (plan.getJarsCount() == 0) {
            return own;
        }
        List<ByteString> key =
                plan.getJarsList().stream().map(Artifact::getSha256).toList();
        Application known = byJars.get(key);
        return known == null ? load(key, plan) : known;
    }

    private synchronized Application load(List<ByteString> key, StagePlan plan) throws InterruptedException {
        Application known = byJars.get(key);
        if (known != null) {
            return known;
        }
        List<Path> files = new ArrayList<>();
        for (Artifact jar : plan.getJarsList()) {
            files.add(artifacts.file(jar));
        }
        Application loaded = new Application(plan.getBesideProgram() ? beside(files) : apart(files));
        if (byJars.size() >= MAX_KNOWN) {
            byJars.clear();
        }
        byJars.put(key, loaded);
        return loaded;
    }

    /** Only tasks run user code here, and each says what becomes of its exits. */
    private ClassLoader apart(List<Path> files) {
        return new UserClassLoader(files, getClass().getClassLoader(), code -> {});
    }

    private ClassLoader beside(List<Path> files) {
        return new URLClassLoader(files.stream().map(UserClassLoader::urlOf).toArray(URL[]::new), own.loader());
    }
}
