package io.raddle.yarn.shell;

import io.raddle.Session;
import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import jdk.jshell.Diag;
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
        IMPORTS.forEach(each -> shell.eval("import " + each + ";"));
        for (SnippetEvent event : shell.eval("Session session;")) {
            snippets.supply(new Variable("REPL/$JShell$" + event.snippet().id(), "session"), session);
        }
    }

    /** Evaluates the lines of a text up to the first that fails; what is left of it is an error when it has no end. */
    List<Outcome> evaluate(String text) {
        List<Outcome> outcomes = new ArrayList<>();
        String rest = text;
        while (!rest.isBlank()) {
            CompletionInfo next = analysis().analyzeCompletion(rest);
            if (!next.completeness().isComplete() && next.completeness() != Completeness.UNKNOWN) {
                outcomes.add(new Outcome.Rejected("The end is missing of: " + rest.strip()));
                return outcomes;
            }
            Outcome outcome = evaluateOne(next.source() == null ? rest : next.source());
            outcomes.add(outcome);
            if (!outcome.isGood()) {
                return outcomes;
            }
            rest = next.remaining() == null ? "" : next.remaining();
        }
        return outcomes;
    }

    private Outcome evaluateOne(String source) {
        Outcome outcome = new Outcome.Done("");
        for (SnippetEvent event : shell.eval(source)) {
            if (event.causeSnippet() == null) {
                outcome = outcome(event);
            }
        }
        return outcome;
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
        String name = snippet instanceof VarSnippet variable ? variable.name() : "";
        return new Outcome.Done(name.isEmpty() ? value : name + " ==> " + value);
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
