package io.raddle.yarn.shell;

import io.raddle.yarn.shell.SnippetCode.Body;
import io.raddle.yarn.shell.SnippetCode.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which code of a prompt calls which, over all lines so far. Thread-safe. */
final class SnippetGraph {
    private final Map<String, SnippetCode> classes = new HashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();

    synchronized void add(SnippetCode code) {
        classes.put(code.name(), code);
        code.parents()
                .forEach(parent -> children.computeIfAbsent(parent, none -> new ArrayList<>())
                        .add(code.name()));
    }

    /**
     * What some code comes to, called as it is written.
     *
     * @param reads variables, each with the method that reads it
     * @param writes likewise
     * @param unfinished methods that use what is not defined yet
     * @param perhaps variables that other methods of the classes that it meets read
     * @param initializers classes that read a variable when they are initialized, each with that variable
     */
    record Reach(
            Map<Variable, Method> reads,
            Map<Variable, Method> writes,
            Set<Method> unfinished,
            Set<Variable> perhaps,
            Map<String, Variable> initializers) {}

    /** From these methods, where objects of these classes are at hand. */
    synchronized Reach from(Collection<Method> methods, Collection<String> types) {
        Walk certain = new Walk();
        methods.forEach(certain::visit);
        certain.run();
        Set<String> met = new LinkedHashSet<>(types);
        met.addAll(certain.types);
        Map<String, Variable> initializers = new LinkedHashMap<>();
        for (String type : withChildren(certain.types)) {
            Walk initializer = new Walk();
            initializer.visit(new Method(type, "<clinit>", "()V"));
            initializer.run();
            initializer.reads.keySet().stream().findFirst().ifPresent(read -> initializers.put(type, read));
        }
        Walk all = new Walk();
        for (String type : withChildren(met)) {
            Optional.ofNullable(classes.get(type))
                    .ifPresent(code -> code.methods().keySet().forEach(all::visit));
        }
        all.run();
        Set<Variable> perhaps = new LinkedHashSet<>(all.reads.keySet());
        perhaps.removeAll(certain.reads.keySet());
        return new Reach(certain.reads, certain.writes, certain.unfinished, perhaps, initializers);
    }

    private Set<String> withChildren(Collection<String> types) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> rest = new ArrayDeque<>(types);
        while (!rest.isEmpty()) {
            String type = rest.pop();
            if (all.add(type)) {
                rest.addAll(children.getOrDefault(type, List.of()));
            }
        }
        return all;
    }

    private final class Walk {
        private final Map<Variable, Method> reads = new LinkedHashMap<>();
        private final Map<Variable, Method> writes = new LinkedHashMap<>();
        private final Set<Method> unfinished = new LinkedHashSet<>();
        private final Set<String> types = new LinkedHashSet<>();
        private final Set<Method> seen = new LinkedHashSet<>();
        private final Deque<Method> rest = new ArrayDeque<>();

        void visit(Method method) {
            rest.add(method);
        }

        void run() {
            for (Method method = rest.poll(); method != null; method = rest.poll()) {
                if (seen.add(method)) {
                    Optional.ofNullable(classes.get(method.owner())).ifPresent(this::meet);
                    targets(method).forEach(this::add);
                }
            }
        }

        private void meet(SnippetCode owner) {
            if (!SnippetNames.isWrapper(owner.name())) {
                types.add(owner.name());
            }
        }

        /** The method itself or that of the nearest parent, and those of all children. */
        private Set<Method> targets(Method called) {
            Set<Method> targets = new LinkedHashSet<>();
            inherited(called).ifPresent(targets::add);
            if (!called.name().startsWith("<")) {
                withChildren(List.of(called.owner())).stream()
                        .map(called::of)
                        .filter(each -> body(each).isPresent())
                        .forEach(targets::add);
            }
            return targets;
        }

        private Optional<Method> inherited(Method called) {
            if (body(called).isPresent()) {
                return Optional.of(called);
            }
            SnippetCode code = classes.get(called.owner());
            return code == null
                    ? Optional.empty()
                    : code.parents().stream()
                            .map(called::of)
                            .flatMap(each -> inherited(each).stream())
                            .findFirst();
        }

        private Optional<Body> body(Method method) {
            return Optional.ofNullable(classes.get(method.owner()))
                    .map(code -> code.methods().get(method));
        }

        private void add(Method method) {
            Body body = body(method).orElseThrow();
            body.reads().forEach(variable -> reads.putIfAbsent(variable, method));
            body.writes().forEach(variable -> writes.putIfAbsent(variable, method));
            types.addAll(body.types());
            if (body.unfinished()) {
                unfinished.add(method);
            }
            seen.add(method);
            body.calls().forEach(this::visit);
        }
    }
}
