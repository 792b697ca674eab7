package io.raddle.yarn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.driver.LocalSessions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PromptVariablesTest {
    private TypedLines lines;

    @BeforeEach
    void begin() {
        lines = new TypedLines(CompletableFuture.completedFuture(
                PromptSession.open(new LocalSessions(), "prompt", "local[2]", Map.of())));
    }

    @AfterEach
    void end() {
        lines.close();
    }

    @Test
    void valuesOfVariablesReachFunctionsAndTheMethodsThatTheyCall() {
        lines.type("int x = 41;", "int inc(int v) { return v + x; }");

        assertThat(lines.value("session.parallelize(List.of(1)).map(v -> inc(v) + x).collect()"))
                .isEqualTo("[83]");
    }

    @Test
    void aVariableHasTheValueThatItHadAtTheCallOfTheOperation() {
        lines.type("int x = 1;", "Rdd<Integer> early = session.parallelize(List.of(10)).map(v -> v + x);", "x = 2;");

        assertThat(lines.value("early.collect()")).isEqualTo("[11]");
        lines.type("int x = 3");
        assertThat(lines.value("early.collect()")).isEqualTo("[11]");
        assertThat(lines.value("early.map(v -> v + x).collect()")).isEqualTo("[14]");
    }

    @Test
    void functionsOfOneStageSeeTheirOwnValues() {
        lines.type(
                "int x = 1;",
                "int add(int v) { return v + x; }",
                "Rdd<Integer> first = session.parallelize(List.of(0)).map(v -> add(v) * 10);",
                "x = 2;",
                "Rdd<Integer> second = first.map(v -> add(v) * 10 + x);",
                "x = 3");

        assertThat(lines.value("second.collect()")).isEqualTo("[122]");
    }

    @Test
    void aLazyIteratorOfAFunctionSeesTheValuesOfThatFunction() {
        lines.type(
                "String x = \"a\";",
                "Rdd<String> first = session.parallelize(List.of(\"p q\"), 1)"
                        + ".flatMap(line -> Arrays.stream(line.split(\" \")).map(word -> word + x).iterator());",
                "x = \"b\";",
                "Rdd<String> second = first.mapPartitions(words -> { List<String> all = new ArrayList<>();"
                        + " words.forEachRemaining(word -> all.add(word + x)); return all.iterator(); });");

        assertThat(lines.value("second.collect()")).isEqualTo("[pab, qab]");
    }

    @Test
    void aThreadThatAFunctionStartsSeesTheValuesOfTheFunction() {
        lines.type(
                "int x = 1;",
                "Rdd<Integer> rdd = session.parallelize(List.of(1, 2))"
                        + ".map(v -> java.util.stream.IntStream.range(0, 1000).parallel().map(i -> x).sum());",
                "x = 2");

        assertThat(lines.value("rdd.collect()")).isEqualTo("[1000, 1000]");
    }

    @Test
    void aTypeStaysOneClassWhileVariablesThatItReadsChange() {
        lines.type(
                "int x = 1;",
                "record Point(int a) { int plus() { return a + x; } }",
                "Rdd<Point> points = session.parallelize(List.of(5, 6), 2).map(v -> new Point(v)).cache();");
        assertThat(lines.value("points.count()")).isEqualTo("2");

        lines.type("x = 10");
        assertThat(lines.value("points.map(p -> p.plus()).collect()")).isEqualTo("[15, 16]");
        lines.type("int x = 20;");
        assertThat(lines.value("points.map(p -> p.plus()).collect()")).isEqualTo("[25, 26]");
        assertThat(lines.value("points.filter(p -> p.equals(new Point(5))).count()"))
                .isEqualTo("1");
        assertThat(lines.value("points.map(p -> p).collect()")).isEqualTo("[Point[a=5], Point[a=6]]");
    }

    @Test
    void recordsOfThePromptAreKeysOfShuffles() {
        lines.type("record Key(String name, int number) {}");

        assertThat(lines.value(
                        "session.parallelize(List.of(1, 2, 3, 4), 3).mapToPair(v -> Pair.of(new Key(\"k\", v % 2), v))"
                                + ".reduceByKey(Integer::sum, 2).filter(p -> p.key().number() == 0).collect()"))
                .isEqualTo("[(Key[name=k, number=0],6)]");
    }

    @Test
    void aRedefinitionCountsForFunctionsThatAreDefinedAfterwards() {
        lines.type(
                "int twice(int v) { return 2 * v; }",
                "int both(int v) { return twice(v) + 1; }",
                "Rdd<Integer> before = session.parallelize(List.of(1)).map(v -> both(v));",
                "int twice(int v) { return 200 * v; }");

        assertThat(lines.value("before.collect()")).isEqualTo("[3]");
        assertThat(lines.value("before.map(v -> both(v)).collect()")).isEqualTo("[601]");
        lines.type("String x = \"s\";", "int x = 4;");
        assertThat(lines.value("before.map(v -> v + x).collect()")).isEqualTo("[7]");
    }

    @Test
    void aTypeThatIsDefinedAnewIsAnotherClass() {
        lines.type(
                "record R(int a) {}",
                "Rdd<Integer> before = session.parallelize(List.of(1)).map(v -> new R(v).hashCode());",
                "record R(int a) { public int hashCode() { return 77; } }");

        assertThat(lines.value("before.collect()")).isEqualTo("[1]");
        assertThat(lines.value("before.map(v -> new R(v).hashCode()).collect()"))
                .isEqualTo("[77]");
    }

    @Test
    void aFunctionInAVariableTravelsWithTheVariablesThatItReads() {
        lines.type(
                "int x = 5;",
                "java.util.function.Function<Integer, Integer> f = v -> v + x;",
                "java.util.function.Function<Integer, Integer> g = v -> f.apply(v) * 2;");

        assertThat(lines.value("session.parallelize(List.of(1)).map(v -> g.apply(v)).collect()"))
                .isEqualTo("[12]");
    }

    @Test
    void methodReferencesAndConstructorsTravel() {
        lines.type(
                "int x = 5;",
                "class Sums { static int more(int v) { return v + x; } }",
                "record Box(int v) { public Box { v = v + x; } int twice() { return 2 * v; } }");

        assertThat(lines.value(
                        "session.parallelize(List.of(1)).map(Sums::more).map(Box::new).map(Box::twice).collect()"))
                .isEqualTo("[22]");
    }

    @Test
    void broadcastsAndAccumulatorsAreVariablesLikeOthers() {
        lines.type(
                "var shared = session.broadcast(List.of(7, 8));",
                "var sum = session.longAccumulator();",
                "session.parallelize(List.of(0, 1), 2).foreach(v -> sum.add(shared.value().get(v)))");

        assertThat(lines.value("sum.value()")).isEqualTo("15");
    }

    @Test
    void aVariableThatCannotTravelIsRefusedByName() {
        lines.type("Thread worker = new Thread();", "String ask(int v) { return worker.getName() + v; }");

        assertThat(lines.refusal("session.parallelize(List.of(1)).map(v -> ask(v))"))
                .contains("java.lang.Thread", "worker, a variable that ask, called by the function of map");
        assertThat(lines.refusal("session.parallelize(List.of(1)).map(v -> session.name())"))
                .contains("session, a variable that the function of map");
    }

    @Test
    void aFunctionThatChangesAVariableIsRefusedByName() {
        lines.type("int count = 0;", "void tick() { count++; }");

        assertThat(lines.refusal("session.parallelize(List.of(1)).foreach(v -> tick())"))
                .contains("tick, called by the function of foreach", "changes the variable count");
        lines.type("tick()");
        assertThat(lines.value("count")).isEqualTo("1");
    }

    @Test
    void aMethodThatIsNotFinishedIsRefusedUntilItIs() {
        lines.type("int outer(int v) { return inner(v); }");

        assertThat(lines.refusal("session.parallelize(List.of(1)).map(v -> outer(v)).collect()"))
                .contains("outer", "not defined yet");
        lines.type("int inner(int v) { return v + 1; }");
        assertThat(lines.value("session.parallelize(List.of(1)).map(v -> outer(v)).collect()"))
                .isEqualTo("[2]");
    }

    @Test
    void aClassThatReadsAVariableWhenItIsInitializedIsRefusedByName() {
        lines.type("int x = 1;", "class Limits { static int limit = x; }");

        assertThat(lines.refusal("session.parallelize(List.of(1)).map(v -> v + Limits.limit)"))
                .contains("The class Limits", "reads the variable x");
    }
}
