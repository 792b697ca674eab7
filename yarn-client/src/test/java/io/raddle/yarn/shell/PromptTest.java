package io.raddle.yarn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.driver.LocalSessions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PromptTest {
    private final CompletableFuture<PromptSession> opening = new CompletableFuture<>();
    private final TypedLines lines = new TypedLines(opening);

    private void open() {
        opening.complete(PromptSession.open(new LocalSessions(), "prompt", "local[2]", Map.of()));
    }

    @AfterEach
    void end() {
        if (!opening.isDone()) {
            open();
        }
        lines.close();
    }

    @Test
    void linesThatNeedNoSessionDoNotWaitForIt() {
        assertThat(lines.type("int x = 1;", "x + 1")).endsWith("==> 2");
        assertThat(opening).isNotDone();
    }

    @Test
    void aLineThatUsesTheSessionWaitsForIt() throws Exception {
        CompletableFuture<String> waiting =
                CompletableFuture.supplyAsync(() -> lines.value("session.parallelize(List.of(1, 2)).count()"));
        open();

        assertThat(waiting.get()).isEqualTo("2");
    }

    @Test
    void aTextIsManyLinesAndALineMayGoOnBelow() {
        open();

        List<Outcome> outcomes = lines.prompt().evaluate("""
                int twice(int v) {
                    return 2 * v;
                }

                int four = twice(2) // a comment
                session.parallelize(List.of(1, 2))
                    .map(v -> twice(v))
                    .collect()
                four; int five = 5
                """);

        assertThat(outcomes)
                .extracting(outcome -> ((Outcome.Done) outcome).text().replaceFirst("^\\$\\d+", "\\$"))
                .containsExactly("", "four ==> 4", "$ ==> [2, 4]", "four ==> 4", "five ==> 5");
    }

    @Test
    void whatTheCompilerRefusesAndWhatHasNoEndIsSaid() {
        assertThat(lines.prompt().evaluate("int x = \"a\";\nint y = 2;"))
                .containsExactly(
                        new Outcome.Rejected("incompatible types: java.lang.String cannot be converted to int"));
        assertThat(lines.prompt().evaluate("int f() {"))
                .containsExactly(new Outcome.Rejected("The end is missing of: int f() {"));
    }

    @Test
    void variablesThatCannotKeepTheirValuesAreNamed() {
        lines.type("record P(int a) {}", "P one = new P(1);", "List<P> many = List.of(one);", "int plain = one.a();");

        assertThat(lines.prompt().evaluate("record P(int b) {}"))
                .containsExactly(new Outcome.Done(
                        "",
                        List.of(
                                "The variable one lost its value, since what it is made of was defined anew.",
                                "The variable many lost its value, since what it is made of was defined anew.")));
        assertThat(lines.value("one")).isEqualTo("null");
        assertThat(lines.value("plain")).isEqualTo("1");
    }

    @Test
    void anRddShowsItsLineageAndRunsNoJob() {
        open();

        assertThat(lines.type("session.parallelize(List.of(1, 2), 2).map(v -> 1 / 0)"))
                .contains("map at line 1")
                .contains("parallelize at line 1");
        assertThat(opening.join().engine().jobs().jobs()).isEmpty();
    }

    @Test
    void aLargeVariableThatDoesNotChangeTravelsOnce() {
        open();
        lines.type(
                "int[] table = java.util.stream.IntStream.range(0, 100_000).toArray();",
                "Rdd<Integer> numbers = session.parallelize(List.of(1, 2), 2);",
                "Rdd<Integer> one = numbers.map(v -> table[v]);",
                "Rdd<Integer> other = numbers.map(v -> table[v] + 1);");
        int next = (Integer) numberOfNextBroadcast();

        lines.type("numbers.map(v -> table[v] + 2);");
        assertThat(numberOfNextBroadcast()).isEqualTo(next + 1);
        lines.type("table[1] = 50;", "Rdd<Integer> changed = numbers.map(v -> table[v]);");
        assertThat(numberOfNextBroadcast()).isEqualTo(next + 3);

        assertThat(lines.value("one.collect()")).isEqualTo("[1, 2]");
        assertThat(lines.value("other.collect()")).isEqualTo("[2, 3]");
        assertThat(lines.value("changed.collect()")).isEqualTo("[50, 2]");
    }

    private Object numberOfNextBroadcast() {
        return opening.join().session().broadcast("").id();
    }
}
