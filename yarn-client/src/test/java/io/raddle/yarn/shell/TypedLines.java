package io.raddle.yarn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.RaddleException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A prompt as a person uses it. */
final class TypedLines implements AutoCloseable {
    private final CompletableFuture<PromptSession> opening;
    private final Prompt prompt;

    TypedLines(CompletableFuture<PromptSession> opening) {
        this.opening = opening;
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        this.prompt = new Prompt(
                TypedLines.class.getClassLoader(),
                opening,
                nowhere,
                nowhere,
                List.of(System.getProperty("java.class.path")));
    }

    /** Types lines that must all go well; what the last one showed. */
    String type(String... lines) {
        String shown = "";
        for (String line : lines) {
            List<Outcome> outcomes = prompt.evaluate(line);
            Outcome last = outcomes.get(outcomes.size() - 1);
            if (last instanceof Outcome.Failed failed) {
                throw new AssertionError("failed: " + line, failed.thrown());
            }
            assertThat(last).as(line).isInstanceOf(Outcome.Done.class);
            shown = ((Outcome.Done) last).text();
        }
        return shown;
    }

    /** Types an expression; its value as text. */
    String value(String expression) {
        return type(expression).replaceFirst("^[$\\w]+ ==> ", "");
    }

    /** Types a line that must be refused; the sentences of why. */
    String refusal(String line) {
        List<Outcome> outcomes = prompt.evaluate(line);
        Outcome last = outcomes.get(outcomes.size() - 1);
        assertThat(last).as(line).isInstanceOf(Outcome.Failed.class);
        Throwable thrown = ((Outcome.Failed) last).thrown();
        assertThat(thrown).isInstanceOf(RaddleException.class);
        return ((RaddleException) thrown).fault().sentences();
    }

    Prompt prompt() {
        return prompt;
    }

    @Override
    public void close() {
        prompt.close();
        opening.join().session().close();
    }
}
