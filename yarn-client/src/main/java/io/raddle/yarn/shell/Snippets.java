package io.raddle.yarn.shell;

import io.raddle.loader.SnippetClassLoader;
import io.raddle.snippet.SnippetHome;
import io.raddle.snippet.Variables;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The classes of one prompt and its variables, as they are in the driver. Thread-safe. */
final class Snippets implements SnippetHome {
    private final SnippetGraph graph = new SnippetGraph();
    private final SnippetClassLoader loader;
    private final ClassShipment shipment;
    private final PromptVariables variables;
    private final Map<String, Supplier<Object>> supplied = new ConcurrentHashMap<>();
    /** The class files of lines as they were compiled, by internal name. */
    private final Map<String, byte[]> compiled = new HashMap<>();

    /** The class that holds the body of a line, where that was typed again. */
    private final Map<String, String> bodies = new HashMap<>();

    private int again;
    private volatile int given;

    Snippets(ClassLoader application, ClassShipment shipment, SentValues sent) {
        this.loader = new SnippetClassLoader(application, Optional.of(this));
        this.shipment = shipment;
        this.variables = new PromptVariables(graph, this::valueOf, sent);
    }

    SnippetClassLoader loader() {
        return loader;
    }

    @Override
    public Variables live() {
        return variables;
    }

    @Override
    public Optional<Supplier<Object>> supplied(String variable) {
        return Optional.ofNullable(supplied.get(variable));
    }

    /** The value of a variable, which must not have been read yet, comes from {@code value}. */
    void supply(Variable variable, Supplier<Object> value) {
        supplied.put(variable.key(), value);
    }

    /** The lines so far are none of a person's; the next is the first. */
    void typedFrom(int lines) {
        given = lines;
    }

    private String source(String internalName) {
        return "line " + (SnippetNames.line(internalName) - given);
    }

    /** Defines classes, given by name. */
    synchronized void define(Map<String, byte[]> classFiles) {
        Map<String, byte[]> rewritten = new LinkedHashMap<>();
        classFiles.forEach((name, file) -> {
            String internal = name.replace('.', '/');
            compiled.put(internal, file);
            rewritten.put(name, SnippetRewriter.rewrite(file, internal, source(internal)));
        });
        add(rewritten);
    }

    /**
     * Gives the line that made this class another body; false when that has other variables, or more than variables, so
     * that it needs a class of its own and whatever refers to it too.
     */
    synchronized boolean redefine(String name, byte[] classFile) {
        String internal = name.replace('.', '/');
        byte[] before = compiled.get(internal);
        boolean isSupplied = supplied.keySet().stream().anyMatch(key -> key.startsWith(internal + "."));
        if (before == null || isSupplied || !LineShape.of(before).allowsBodyOf(LineShape.of(classFile))) {
            return false;
        }
        String body = SnippetNames.again(internal, ++again);
        add(Map.of(body.replace('/', '.'), SnippetRewriter.rewrite(classFile, body, source(internal))));
        bodies.put(name, body.replace('/', '.'));
        return true;
    }

    /** The class that holds the newest body of the line that made this class. */
    synchronized Class<?> body(String name) throws ClassNotFoundException {
        return loader.loadClass(bodies.getOrDefault(name, name));
    }

    private void add(Map<String, byte[]> rewritten) {
        loader.add(rewritten);
        rewritten.values().forEach(file -> graph.add(SnippetCode.read(file)));
        shipment.add(rewritten);
    }

    @Nullable
    Object valueOf(Variable variable) {
        Optional<Supplier<Object>> supplier = supplied(variable.key());
        if (supplier.isPresent()) {
            return supplier.get().get();
        }
        try {
            Field field = loader.loadClass(variable.owner().replace('/', '.')).getDeclaredField(variable.name());
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
