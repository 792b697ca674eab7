package io.raddle.yarn.shell;

import io.raddle.Session;
import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Lines of Java, one after the other, with a session at hand. Lines are given by one thread; the session may still be in
 * the making, and a line that uses it waits.
 */
final class Prompt implements AutoCloseable {
    private static final List<String> IMPORTS = List.of(
            "java.io.*",
            "java.math.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.stream.*",
            "io.raddle.*",
            "io.raddle.fault.*",
            "io.raddle.function.*",
            "io.raddle.shared.*");

    private final Snippets snippets;
    private final PromptControl control;
    private final JShell shell;
    /** The lines that were there from the beginning. */
    private final Set<String> given = new HashSet<>();

    /**
     * Begins with a session that is to come.
     *
     * @param application what the lines see beside the JDK and Raddle
     * @param classPath where the compiler finds that
     */
    Prompt(
            ClassLoader application,
            CompletableFuture<PromptSession> opening,
            PrintStream out,
            PrintStream err,
            List<String> classPath) {
        ClassShipment shipment = new ClassShipment(UUID.randomUUID().toString());
        this.snippets = new Snippets(
                application, shipment, new SentValues(() -> opening.join().engine()));
        this.control = new PromptControl(snippets, new ValueText());
        CompletableFuture<Session> session = opening.thenApply(opened -> {
            shipment.to(opened.engine());
            return opened.session();
        });
        this.shell = JShell.builder()
                .executionEngine(new Provider(control), Map.of())
                .out(out)
                .err(err)
                .compilerOptions("-classpath", String.join(File.pathSeparator, classPath))
                .build();
        begin(session::join);
    }

    private void begin(Supplier<Object> session) {
        IMPORTS.forEach(each -> shell.eval("import " + each + ";")
                .forEach(event -> given.add(event.snippet().id())));
        for (SnippetEvent event : shell.eval("Session session;")) {
            given.add(event.snippet().id());
            snippets.supply(new Variable("REPL/$JShell$" + event.snippet().id(), "session"), session);
        }
        snippets.typedFrom(given.size());
    }

    /** Evaluates the lines of a text up to the first that fails; an end that is missing is an error. */
    List<Outcome> evaluate(String text) {
        List<Outcome> outcomes = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            open.append(lines.get(at)).append('\n');
            // A call of a method may stand at the beginning of a line.
            boolean goesOn =
                    at + 1 < lines.size() && lines.get(at + 1).stripLeading().startsWith(".");
            if (!goesOn && !evaluate(open, outcomes)) {
                return outcomes;
            }
        }
        if (!open.toString().isBlank()) {
            outcomes.add(
                    analysis().analyzeCompletion(open.toString()).completeness() == Completeness.CONSIDERED_INCOMPLETE
                            ? evaluateOne(open.toString())
                            : new Outcome.Rejected(
                                    "The end is missing of: " + open.toString().strip()));
        }
        return outcomes;
    }

    /** Evaluates what is whole and takes it away; false when that failed. */
    private boolean evaluate(StringBuilder open, List<Outcome> outcomes) {
        while (!open.toString().isBlank()) {
            CompletionInfo next = analysis().analyzeCompletion(open.toString());
            if (!next.completeness().isComplete()) {
                return true;
            }
            Outcome outcome = evaluateOne(next.source() == null ? open.toString() : next.source());
            outcomes.add(outcome);
            if (!outcome.isGood()) {
                return false;
            }
            String rest = next.remaining() == null ? "" : next.remaining();
            open.setLength(0);
            open.append(rest);
        }
        open.setLength(0);
        return true;
    }

    /** Whether a text is a whole line, for an editor that asks for more of it otherwise. */
    boolean isWhole(String text) {
        Completeness completeness = analysis().analyzeCompletion(text).completeness();
        return completeness.isComplete();
    }

    private Outcome evaluateOne(String source) {
        if (source.isBlank()) {
            return new Outcome.Done("");
        }
        Outcome outcome = new Outcome.Done("");
        List<String> notes = new ArrayList<>();
        for (SnippetEvent event : shell.eval(source)) {
            if (event.causeSnippet() == null) {
                outcome = outcome(event);
            } else {
                lost(event).ifPresent(notes::add);
            }
        }
        return outcome instanceof Outcome.Done done ? new Outcome.Done(done.text(), notes) : outcome;
    }

    /** A variable whose type is another now cannot keep its value. */
    private static Optional<String> lost(SnippetEvent event) {
        if (!(event.snippet() instanceof VarSnippet variable)
                || !event.previousStatus().isDefined()
                || event.status() == Snippet.Status.OVERWRITTEN
                || !event.isSignatureChange()) {
            return Optional.empty();
        }
        String now = event.status().isDefined() ? " lost its value" : " is gone";
        return Optional.of("The variable " + variable.name() + now + ", since what it is made of was defined anew.");
    }

    private Outcome outcome(SnippetEvent event) {
        Snippet snippet = event.snippet();
        if (event.status() == Snippet.Status.REJECTED) {
            return new Outcome.Rejected(String.join(
                    "\n",
                    shell.diagnostics(snippet)
                            .filter(Diag::isError)
                            .map(each -> each.getMessage(Locale.ROOT))
                            .toList()));
        }
        if (event.exception() != null) {
            return new Outcome.Failed(control.thrown().orElse(event.exception()));
        }
        String value = event.value();
        if (value == null || value.isEmpty()) {
            return new Outcome.Done("");
        }
        String name = snippet instanceof VarSnippet variable
                ? variable.name()
                : snippet instanceof ExpressionSnippet expression ? expression.name() : "";
        return new Outcome.Done(name.isEmpty() ? value : name + " ==> " + value);
    }

    /** All lines that are in force, as they were typed. */
    String source() {
        return shell.snippets()
                .filter(each -> shell.status(each).isActive() && !given.contains(each.id()))
                .map(each -> each.source().strip() + "\n")
                .collect(Collectors.joining());
    }

    /** What the editor asks about a text. */
    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    @Override
    public void close() {
        shell.close();
    }

    private record Provider(ExecutionControl control) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "raddle";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return control;
        }
    }
}
