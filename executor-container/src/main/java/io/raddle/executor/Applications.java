package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.loader.ClassArchive;
import io.raddle.loader.SnippetClassLoader;
import io.raddle.loader.UserClassLoader;
import io.raddle.proto.Artifact;
import io.raddle.proto.Definitions;
import io.raddle.proto.StagePlan;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The user's classes by the jars that hold them; a plan without jars uses those of the program itself. Thread-safe. */
final class Applications {
    /** A session to which jars are added again and again must not keep all their classes; each is loaded anew at need. */
    private static final int MAX_KNOWN = 32;

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
        Application application = withJars(plan);
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

    private Application withJars(StagePlan plan) throws InterruptedException {
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
