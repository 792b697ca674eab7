package io.raddle.yarn.shell;

import io.raddle.loader.ClassArchive;
import io.raddle.plan.Engine;
import io.raddle.proto.Artifact;
import io.raddle.proto.Definitions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The classes of a prompt on their way to executors: archives of them, in the number of which a prompt of n lines has the
 * logarithm, since two that hold about as many classes become one. Thread-safe.
 */
final class ClassShipment {
    private final String prompt;
    private final Deque<Map<String, byte[]>> archives = new ArrayDeque<>();
    private final Deque<Artifact> published = new ArrayDeque<>();
    private Optional<Engine> engine = Optional.empty();

    /** None yet, of a prompt with a name of its own. */
    ClassShipment(String prompt) {
        this.prompt = prompt;
    }

    /** Jobs of this engine may need them. */
    synchronized void to(Engine target) {
        engine = Optional.of(target);
        archives.stream().findAny().ifPresent(some -> define(target));
    }

    /** These classes are defined from now on. */
    synchronized void add(Map<String, byte[]> classFiles) {
        Map<String, byte[]> archive = new HashMap<>(classFiles);
        while (!archives.isEmpty() && archives.getLast().size() <= archive.size()) {
            archive.putAll(archives.removeLast());
            published.pollLast();
        }
        archives.addLast(archive);
        engine.ifPresent(this::define);
    }

    private void define(Engine target) {
        archives.stream()
                .skip(published.size())
                .forEach(archive ->
                        published.addLast(target.publish("classes of the prompt", ClassArchive.write(archive))));
        target.define(Definitions.newBuilder()
                .setPrompt(prompt)
                .addAllClasses(published)
                .build());
    }
}
