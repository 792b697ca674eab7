package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.example.OddFunctions;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that does not fit the program ends with a sentence that names it, and never as a defect of the engine. */
class BadDataTest {
    private static Session session;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        session = Session.builder()
                .master("local[2]")
                .config("raddle.task.max.attempts", "1")
                .build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @SuppressWarnings("NullAway") // that is what is wrong with them
    private static Rdd<String> withNull() {
        List<@Nullable String> texts = Arrays.asList("a", null, "ccc", "a");
        return session.parallelize((List<String>) texts, 2);
    }

    @SuppressWarnings("NullAway")
    private static PairRdd<String, Integer> withNullValue() {
        List<Pair<String, Integer>> pairs = new ArrayList<>();
        pairs.add(Pair.of("a", 1));
        pairs.add(new Pair<>("a", null));
        return session.parallelizePairs(pairs, 1);
    }

    private static Cause last(ThrowingCallable call) {
        List<Cause> causes = new ArrayList<>();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RaddleException.class,
                        e -> causes.add(e.fault() instanceof Cause.TaskFailed failed ? failed.last() : e.fault()));
        return causes.get(0);
    }

    static Stream<ThrowingCallable> nullsInFunctionsOfTheJdk() {
        return Stream.of(
                () -> withNull().map(String::length).collect(),
                () -> withNull().filter(String::isEmpty).count(),
                () -> withNull().reduce(String::concat),
                () -> withNull().keyBy(String::length).count(),
                () -> withNull().mapToDouble(String::length).sum(),
                () -> withNull().sortBy(String::length, true, 2).collect(),
                () -> withNull().groupBy(String::length).collect(),
                () -> withNull()
                        .keyBy(text -> text)
                        .sortByKey(OddFunctions.byText(), true, 1)
                        .collect(),
                () -> withNullValue().reduceByKey(Integer::sum).collect(),
                () -> withNullValue().foldByKey(0, Integer::sum).collect(),
                () -> withNullValue().mapValues(Integer::doubleValue).collect(),
                () -> withNullValue()
                        .<Integer>combineByKey(Integer::intValue, Integer::sum, Integer::sum)
                        .collect(),
                () -> withNullValue().values().aggregate(0, Integer::sum, Integer::sum),
                () -> withNull()
                        .mapToPair(text -> Pair.of(text, 1))
                        .partitionBy(new OddFunctions.ByLength(2))
                        .count());
    }

    @ParameterizedTest
    @MethodSource("nullsInFunctionsOfTheJdk")
    void aNullThatAFunctionOfTheJdkMeetsIsTheProgramsFault(ThrowingCallable call) {
        assertThat(last(call))
                .isInstanceOfSatisfying(
                        Cause.UserException.class,
                        cause -> assertThat(cause.className())
                                .matches("java.lang.(NullPointerException|StringIndexOutOfBoundsException)"));
    }

    @Test
    void whatAComparatorThrowsIsToldAsItIs() {
        PairRdd<Integer, Integer> pairs =
                session.parallelize(IntStream.range(0, 100).boxed().toList(), 3).keyBy(each -> each);

        assertThat(last(() -> pairs.sortByKey(OddFunctions.thrower(), true, 1).count()))
                .isInstanceOfSatisfying(
                        Cause.UserException.class,
                        cause -> assertThat(cause.happened()).contains("IllegalArgumentException: no order for"));
        assertThatThrownBy(
                        () -> pairs.sortByKey(OddFunctions.thrower(), true, 2).count())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no order for");
        assertThat(last(() -> pairs.keys().takeOrdered(3, OddFunctions.thrower())))
                .isInstanceOf(Cause.UserException.class);
    }

    @Test
    void aComparatorThatLiesIsNamedOrLosesNothing() {
        List<Integer> numbers = IntStream.range(0, 4000).boxed().toList();
        for (int partitions = 1; partitions < 6; partitions++) {
            int to = partitions;
            PairRdd<Integer, Integer> pairs = session.parallelize(numbers, 3).keyBy(each -> each % 1000);
            try {
                assertThat(pairs.sortByKey(OddFunctions.liar(), true, to)
                                .values()
                                .collect())
                        .containsExactlyInAnyOrderElementsOf(numbers);
            } catch (RaddleException e) {
                assertThat(e).hasMessageContaining("contradicts itself");
            }
        }
    }

    @Test
    void arraysAreRefusedAsKeysAlsoWhereTheProgramPlacesThem() {
        PairRdd<byte[], Integer> arrays = session.parallelize(List.of(1, 2, 1), 2)
                .mapToPair(each -> Pair.of(new byte[] {each.byteValue()}, each));
        OddFunctions.ByContent own = new OddFunctions.ByContent(2);

        assertThat(arrays.partitionBy(own).count()).isEqualTo(3);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> arrays.groupByKey(own).count(),
                () -> arrays.reduceByKey(own, Integer::sum).count(),
                () -> arrays.partitionBy(own).groupByKey(own).count(),
                () -> arrays.join(arrays, own).count(),
                () -> arrays.countByKey(),
                () -> arrays.mapToPair(pair -> Pair.of(Pair.of(1, pair.key()), 1))
                        .groupByKey(2)
                        .count())) {
            assertThat(last(call))
                    .isInstanceOfSatisfying(
                            Cause.InvalidInput.class,
                            cause -> assertThat(cause.sentences())
                                    .contains("A key is of byte[]", "java.nio.ByteBuffer"));
        }
    }

    @Test
    void aNullInsteadOfAPairOrAnIteratorIsNamed() {
        Rdd<Integer> numbers = session.parallelize(List.of(1, 2), 2);

        assertThat(last(() -> numbers.mapPartitions(records -> nothing()).count())
                        .sentences())
                .contains("returned null instead of an iterator", "emptyIterator");
        assertThat(last(() -> numbers.keyBy(each -> each)
                                .flatMapValues(each -> BadDataTest.<Iterator<Integer>>nothing())
                                .count())
                        .sentences())
                .contains("flatMap function returned null");
        for (Function<PairRdd<Integer, Integer>, PairRdd<Integer, ?>> moved :
                List.<Function<PairRdd<Integer, Integer>, PairRdd<Integer, ?>>>of(
                        pairs -> pairs.groupByKey(),
                        pairs -> pairs.reduceByKey(Integer::sum),
                        pairs -> pairs.sortByKey(true, 1))) {
            PairRdd<Integer, Integer> pairs = numbers.mapPartitionsToPair(
                    records -> Collections.singletonList(BadDataTest.<Pair<Integer, Integer>>nothing())
                            .iterator());
            assertThat(last(() -> moved.apply(pairs).count()).sentences())
                    .contains("A record is null where a pair is needed");
        }
    }

    @SuppressWarnings("NullAway") // a program may do so
    private static <T> T nothing() {
        return (T) null;
    }

    @Test
    void recordsThatCannotTravelAreNamedWithThePathToWhatCannot() {
        Rdd<OddFunctions.Customer> customers = session.parallelize(List.of("ann"), 1)
                .map(name -> new OddFunctions.Customer(name, new OddFunctions.Connection(Thread.currentThread())));

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                customers::collect,
                () -> customers.repartition(2).count(),
                () -> customers.keyBy(OddFunctions.Customer::name).groupByKey().count(),
                () -> customers
                        .keyBy(OddFunctions.Customer::name)
                        .reduceByKey((left, right) -> left)
                        .count(),
                () -> customers.persist(StorageLevel.MEMORY_ONLY_SER).count(),
                () -> customers.saveAsObjectFile(directory.resolve("objects").toString()))) {
            assertThat(last(call))
                    .isInstanceOfSatisfying(
                            Cause.NotSerializable.class,
                            cause -> assertThat(cause.happened())
                                    .contains("java.lang.Thread cannot be serialized")
                                    .contains("com.example.OddFunctions$Customer.connection.socket"));
        }
    }

    static Stream<Function<Rdd<Integer>, Object>> actionsOverRecordsWithoutEnd() {
        return Stream.of(
                Rdd::count,
                rdd -> rdd.map(each -> each + 1).filter(each -> each < 0).collect(),
                rdd -> rdd.keyBy(each -> each).reduceByKey(Integer::sum, 2).count(),
                rdd -> rdd.keyBy(each -> each).groupByKey(2).count(),
                rdd -> rdd.zipPartitions(rdd, (left, right) -> OddFunctions.endless())
                        .filter(each -> false)
                        .count(),
                rdd -> rdd.reduce(Integer::sum),
                rdd -> rdd.repartition(2).count());
    }

    @ParameterizedTest
    @MethodSource("actionsOverRecordsWithoutEnd")
    void aTaskOverRecordsWithoutEndIsCancelled(Function<Rdd<Integer>, Object> action) {
        Rdd<Integer> endless = session.parallelize(List.of(1, 2), 2).mapPartitions(one -> OddFunctions.endless());
        int before = OddFunctions.GIVEN.get();
        CompletableFuture<Object> running = CompletableFuture.supplyAsync(() -> action.apply(endless));
        await().until(() -> OddFunctions.GIVEN.get() - before > 1000);

        session.cancelAllJobs();

        assertThat(running).failsWithin(Duration.ofSeconds(60));
        // Both slots are free again.
        assertThat(session.parallelize(List.of(1, 2, 3, 4), 4)
                        .map(each -> each * 2)
                        .collect())
                .containsExactly(2, 4, 6, 8);
        await().until(BadDataTest::nothingIsGiven);
    }

    private static boolean nothingIsGiven() {
        int seen = OddFunctions.GIVEN.get();
        return session.parallelize(List.of(1, 2), 2).count() == 2 && OddFunctions.GIVEN.get() == seen;
    }

    @Test
    void aRecordLargerThanMemoryIsNamedAndTheExecutorGoesOn() {
        Rdd<Integer> one = session.parallelize(List.of(1), 1);
        int megabytes = (int) (Runtime.getRuntime().maxMemory() >> 20);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> one.map(each -> nested(megabytes)).repartition(2).count(),
                () -> one.map(each -> largeTexts(megabytes * 2 / 5))
                        .repartition(2)
                        .count(),
                () -> one.flatMap(each -> Collections.nCopies(megabytes, "x".repeat(1 << 20))
                                .iterator())
                        .collect())) {
            assertThat(last(call))
                    .isInstanceOfSatisfying(
                            Cause.InvalidInput.class,
                            cause -> assertThat(cause.sentences())
                                    .contains(
                                            "does not fit into memory",
                                            "of a heap of " + megabytes + " MiB",
                                            "--executor-memory"));
        }

        assertThat(session.statusTracker().getExecutorInfos()).hasSize(1);
        assertThat(one.count()).isOne();
    }

    /** One text many times, which is small until it is serialized. */
    private static Pair<String, Object> nested(int megabytes) {
        String text = "x".repeat(1 << 20);
        Pair<String, Object> pair = Pair.of(text, 1);
        for (int i = 1; i < megabytes; i++) {
            pair = Pair.of(text, pair);
        }
        return pair;
    }

    private static List<String> largeTexts(int megabytes) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < megabytes; i += 8) {
            texts.add("x".repeat(8 << 20));
        }
        return texts;
    }

    @Test
    void filesOfAFormatThatAreCutShortAreNamed() throws IOException {
        Path whole = directory.resolve("whole");
        session.parallelizePairs(
                        IntStream.range(0, 2000)
                                .mapToObj(i -> Pair.of(i, "value " + i))
                                .toList(),
                        1)
                .saveAsSequenceFile(whole.toString(), Integer.class, String.class);
        byte[] bytes = Files.readAllBytes(whole.resolve("part-00000"));
        Path cut = directory.resolve("cut");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 7));

        assertThat(last(() -> session.sequenceFile(cut.toString(), Integer.class, String.class)
                                .count())
                        .sentences())
                .contains("file:" + cut, "cut short");
        Path text = directory.resolve("text.gz");
        Files.write(text, cutGzip());
        assertThat(last(() -> session.wholeTextFiles(text.toString()).count()).sentences())
                .contains("text.gz is damaged or cut short: it could not be read on at byte ");
        assertThat(last(() -> session.textFile(text.toString()).count()).sentences())
                .contains("text.gz is damaged or cut short: it could not be read on at byte ");
    }

    private static byte[] cutGzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 5000; i++) {
                out.write(("line " + i * 7919 + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    }
}
