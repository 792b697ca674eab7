package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.loader.ClassArchive;
import io.raddle.loader.SnippetClassLoader;
import io.raddle.loader.UserClassLoader;
import io.raddle.proto.Artifact;
import io.raddle.proto.Definitions;
import io.raddle.proto.StagePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The user's classes by the jars that hold them; a plan without jars uses those of the program itself. Thread-safe. */
final class Applications {
    private final Artifacts artifacts;
    private final Application own;
    private final ConcurrentHashMap<List<ByteString>, Application> byJars = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Prompt, Defined> byPrompt = new ConcurrentHashMap<>();

    Applications(Artifacts artifacts, ClassLoader own) {
        this.artifacts = artifacts;
        this.own = new Application(own);
    }

    /** A prompt of an application; its classes are the same ones however many lines are typed. */
    private record Prompt(Application application, String name) {}

    /** What is known of a prompt's classes. */
    private record Defined(Application application, SnippetClassLoader loader, Set<ByteString> known) {}

    /** What a plan runs with. */
    Application of(StagePlan plan) throws InterruptedException {
        Application application = of(plan.getJarsList());
        return plan.hasDefinitions() ? at(application, plan.getDefinitions()) : application;
    }

    private Application at(Application application, Definitions definitions) throws InterruptedException {
        Defined defined = byPrompt.computeIfAbsent(
                new Prompt(application, definitions.getPrompt()), prompt -> none(prompt.application()));
        for (Artifact classes : definitions.getClassesList()) {
            // Whoever comes while another reads it reads it too; the loader takes each class once.
            if (!defined.known().contains(classes.getSha256())) {
                defined.loader().add(ClassArchive.read(artifacts.file(classes)));
                defined.known().add(classes.getSha256());
            }
        }
        return defined.application();
    }

    private static Defined none(Application application) {
        SnippetClassLoader loader = new SnippetClassLoader(application.loader(), Optional.empty());
        return new Defined(new Application(loader), loader, ConcurrentHashMap.newKeySet());
    }

    private Application of(List<Artifact> jars) throws InterruptedException {
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
