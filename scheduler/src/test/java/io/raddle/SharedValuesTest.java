package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.example.SharedCode;
import com.example.SharedCode.Words;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.shared.Broadcast;
import io.raddle.shared.CollectionAccumulator;
import io.raddle.shared.DoubleAccumulator;
import io.raddle.shared.LongAccumulator;
import io.raddle.shared.TaskContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Broadcasts, accumulators and task contexts in local mode, whose executors get everything serialized. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SharedValuesTest {
    private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

    private static Session session(String... settings) {
        Session.Builder builder = Session.builder().master("local[2]");
        for (int i = 0; i < settings.length; i += 2) {
            builder.config(settings[i], settings[i + 1]);
        }
        return builder.build();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Cause rootOf(Throwable thrown) {
        Cause cause = ((RaddleException) thrown).fault();
        return cause instanceof Cause.TaskFailed failed ? failed.last() : cause;
    }

    // ---- Broadcasts ----

    @Test
    void tasksSeeTheValueOfABroadcastAndShareOneCopy() {
        try (Session session = session()) {
            Broadcast<Map<String, Integer>> ages = session.broadcast(Map.of("ann", 31, "bob", 47));
            Broadcast<byte[]> large = session.broadcast(random(9_000_000));

            Rdd<Integer> numbers = session.parallelize(NUMBERS, 8);
            assertThat(numbers.map(each -> ages.value().get(each % 2 == 0 ? "ann" : "bob"))
                            .distinct()
                            .collect())
                    .containsExactlyInAnyOrder(31, 47);
            assertThat(numbers.map(each -> java.util.Arrays.hashCode(large.value()))
                            .distinct()
                            .collect())
                    .containsExactly(java.util.Arrays.hashCode(random(9_000_000)));
            assertThat(numbers.map(each -> System.identityHashCode(large.value()))
                            .distinct()
                            .count())
                    .isOne();
            assertThat(ages.id()).isNotEqualTo(large.id());
        }
    }

    @Test
    void nullAndNothingCanBeBroadcast() {
        try (Session session = session()) {
            Broadcast<String> nothing = session.broadcast(null);
            Broadcast<byte[]> empty = session.broadcast(new byte[0]);

            assertThat(session.parallelize(NUMBERS, 2)
                            .map(each -> (nothing.value() == null) + " " + empty.value().length)
                            .distinct()
                            .collect())
                    .containsExactly("true 0");
        }
    }

    @Test
    void theProgramHasItsOwnValueAndTasksTheOneOfTheCall() {
        try (Session session = session()) {
            List<Integer> list = new ArrayList<>(List.of(1));
            Broadcast<List<Integer>> broadcast = session.broadcast(list);
            list.add(2);

            assertThat(broadcast.value()).isSameAs(list);
            assertThat(session.parallelize(NUMBERS, 2)
                            .map(each -> broadcast.value().size())
                            .distinct()
                            .collect())
                    .containsExactly(1);
        }
    }

    @Test
    void anUnpersistedBroadcastIsFetchedAgain() {
        try (Session session = session()) {
            Broadcast<byte[]> broadcast = session.broadcast(random(100_000));
            Rdd<Integer> lengths = session.parallelize(NUMBERS, 2).map(each -> broadcast.value().length);
            for (int i = 0; i < 3; i++) {
                assertThat(lengths.distinct().collect()).containsExactly(100_000);
                broadcast.unpersist();
            }
        }
    }

    @Test
    void aDestroyedBroadcastIsRefusedWithThePlaceItWasMade() {
        try (Session session = session()) {
            Broadcast<String> broadcast = session.broadcast("value");
            Rdd<String> values = session.parallelize(NUMBERS, 2).map(each -> broadcast.value());
            broadcast.destroy();
            broadcast.destroy();

            assertThatThrownBy(values::count)
                    .satisfies(thrown -> assertThat(rootOf(thrown))
                            .isInstanceOfSatisfying(
                                    Cause.InvalidInput.class,
                                    cause -> assertThat(cause.happened())
                                            .contains("broadcast at SharedValuesTest.java", "destroyed")));
            assertThatThrownBy(broadcast::value).hasMessageContaining("broadcast at SharedValuesTest.java");
            Rdd<Integer> numbers = session.parallelize(NUMBERS, 2);
            assertThatThrownBy(() -> numbers.map(each -> broadcast.value())).hasMessageContaining("was destroyed");
        }
    }

    @Test
    void tasksCannotFreeABroadcast() {
        try (Session session = session()) {
            Broadcast<String> broadcast = session.broadcast("value");
            assertThatThrownBy(() -> session.parallelize(NUMBERS, 2).foreach(each -> broadcast.destroy()))
                    .hasMessageContaining("destroyed by a task");
        }
    }

    @Test
    void aBroadcastThatFindsNoRoomNamesTheLimit() {
        try (Session session = session("raddle.artifacts.max", "64m")) {
            assertThatThrownBy(() -> session.broadcast(random(70 << 20)))
                    .isInstanceOfSatisfying(
                            RaddleException.class,
                            e -> assertThat(e.fault()).isInstanceOfSatisfying(Cause.LimitExceeded.class, limit -> {
                                assertThat(limit.key()).isEqualTo("raddle.artifacts.max");
                                assertThat(limit.what()).contains("70 MiB", "SharedValuesTest.java");
                            }));
            assertThat(session.broadcast(random(40 << 20)).value()).hasSize(40 << 20);
        }
    }

    @Test
    void broadcastsThatNobodyCanReachAreFreed() {
        try (Session session = session("raddle.artifacts.max", "64m")) {
            Rdd<Integer> numbers = session.parallelize(NUMBERS, 2);
            for (int i = 0; i < 30; i++) {
                byte[] value = random((10 << 20) + i);
                await().atMost(Duration.ofMinutes(1)).until(() -> usedOnce(session, numbers, value));
            }
        }
    }

    /** False when there was no room yet: what is unreachable is freed when the collector has found it. */
    private static boolean usedOnce(Session session, Rdd<Integer> numbers, byte[] value) {
        try {
            Broadcast<byte[]> broadcast = session.broadcast(value);
            return numbers.map(each -> broadcast.value().length).first() == value.length;
        } catch (RaddleException e) {
            assertThat(e.fault()).isInstanceOf(Cause.LimitExceeded.class);
            System.gc();
            return false;
        }
    }

    @Test
    void aBroadcastLastsAsLongAsAFunctionThatUsesIt() {
        try (Session session = session("raddle.artifacts.max", "64m")) {
            Rdd<Integer> numbers = session.parallelize(List.of(1, 2, 3), 2);
            byte[] table = random(1000);
            Rdd<Integer> mapped = SharedCode.mappedThroughBroadcast(session, numbers, table);
            // The collector has run and freed what it could once this fits again.
            for (int i = 0; i < 12; i++) {
                byte[] value = random((10 << 20) + i);
                await().atMost(Duration.ofMinutes(1)).until(() -> usedOnce(session, numbers, value));
            }

            assertThat(mapped.collect()).containsExactly((int) table[1], (int) table[2], (int) table[3]);
        }
    }

    @Test
    void aFunctionThatCapturesAMegabyteIsWarnedOf() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        byte[] large = random(2 << 20);
        byte[] small = random(1000);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8)); // where this module's tests log to
        try (Session session = session()) {
            Rdd<Integer> numbers = session.parallelize(NUMBERS, 2);
            assertThat(numbers.map(each -> small.length).first()).isEqualTo(1000);
            assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("captures");
            assertThat(numbers.map(each -> large.length).first()).isEqualTo(2 << 20);
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("The function of map at SharedValuesTest.java")
                .contains("captures 2 MiB")
                .contains("Session.broadcast");
    }

    // ---- Accumulators ----

    @Test
    void sumsOfAllKindsComeBackFromTasks() {
        try (Session session = session()) {
            LongAccumulator longs = session.longAccumulator("longs");
            DoubleAccumulator doubles = session.doubleAccumulator();
            CollectionAccumulator<Integer> odd = session.collectionAccumulator("odd");
            Words words = session.register(new Words(), "words");

            session.parallelize(NUMBERS, 7).foreach(each -> {
                longs.add(each);
                doubles.add(each / 2.0);
                words.add("word " + each % 3);
                if (each % 2 == 1) {
                    odd.add(each);
                }
            });

            assertThat(longs.value()).isEqualTo(4950);
            assertThat(longs.count()).isEqualTo(100);
            assertThat(longs.avg()).isEqualTo(49.5);
            assertThat(doubles.sum()).isEqualTo(2475.0);
            assertThat(odd.value())
                    .containsExactlyInAnyOrderElementsOf(
                            NUMBERS.stream().filter(each -> each % 2 == 1).toList());
            assertThat(words.value()).containsExactly("word 0", "word 1", "word 2");
            assertThat(longs.name()).isEqualTo("longs");
        }
    }

    @Test
    void theProgramMayAddToo() {
        try (Session session = session()) {
            LongAccumulator sum = session.longAccumulator();
            sum.add(1000);
            session.parallelize(NUMBERS, 3).foreach(each -> sum.add(1));
            sum.add(10_000);

            assertThat(sum.value()).isEqualTo(11_100);
            assertThat(sum.value()).isEqualTo(11_100);
        }
    }

    @Test
    void attemptsThatFailAddNothing() {
        try (Session session = session()) {
            LongAccumulator count = session.longAccumulator();
            Rdd<Integer> numbers = session.parallelize(NUMBERS, 5).map(SharedCode.addingAndFailingOnce(count));

            assertThat(numbers.count()).isEqualTo(100);
            assertThat(count.value()).isEqualTo(100);
        }
    }

    @Test
    void aStageThatTwoJobsShareAddsOnceAndEachActionForItself() {
        try (Session session = session()) {
            LongAccumulator mapped = session.longAccumulator();
            LongAccumulator read = session.longAccumulator();
            PairRdd<Integer, Integer> sums = session.parallelize(NUMBERS, 4)
                    .mapToPair(each -> {
                        mapped.add(1);
                        return Pair.of(each % 10, each);
                    })
                    .reduceByKey(Integer::sum);
            Rdd<Integer> values = sums.map(pair -> {
                read.add(1);
                return pair.value();
            });

            assertThat(values.count()).isEqualTo(10);
            assertThat(values.collect()).hasSize(10);
            assertThat(mapped.value()).isEqualTo(100);
            assertThat(read.value()).isEqualTo(20);
        }
    }

    @Test
    void aTaskCannotReadAnAccumulator() {
        try (Session session = session()) {
            LongAccumulator sum = session.longAccumulator("sum");
            assertThatThrownBy(() -> session.parallelize(NUMBERS, 2)
                            .map(each -> sum.value())
                            .count())
                    .hasMessageContaining("the accumulator \"sum\" was asked for by a task");
        }
    }

    @Test
    void anAccumulatorMustBeRegisteredAndOnlyOnce() {
        try (Session session = session()) {
            Words words = new Words();
            Rdd<Integer> numbers = session.parallelize(NUMBERS, 2);
            assertThatThrownBy(() -> numbers.foreach(each -> words.add("")))
                    .hasMessageContaining("call Session.register");
            session.register(words);
            assertThatThrownBy(() -> session.register(words)).hasMessageContaining("registered twice");
        }
    }

    @Test
    void whatATaskAddsIsBounded() {
        try (Session session = session("raddle.accumulator.max", "10k", "raddle.task.max.attempts", "1")) {
            CollectionAccumulator<String> all = session.collectionAccumulator();
            Rdd<Integer> numbers = session.parallelize(NUMBERS, 1);
            numbers.foreach(each -> all.add("short"));

            assertThatThrownBy(() -> numbers.foreach(each -> all.add("long".repeat(50) + each)))
                    .satisfies(thrown -> assertThat(rootOf(thrown))
                            .isInstanceOfSatisfying(
                                    Cause.LimitExceeded.class,
                                    limit -> assertThat(limit.key()).isEqualTo("raddle.accumulator.max")));
            assertThat(all.value()).hasSize(100);
        }
    }

    @Test
    void whatCannotBeMergedIsToldWhoAsksForTheValue() {
        try (Session session = session()) {
            CollectionAccumulator<Object> all = session.collectionAccumulator();
            assertThatThrownBy(() -> session.parallelize(NUMBERS, 2).foreach(each -> all.add(new Object())))
                    .hasMessageContaining("java.lang.Object");
            assertThat(all.value()).isEmpty();
        }
    }

    // ---- Task contexts ----

    @Test
    void aTaskKnowsWhichItIs() {
        try (Session session = session()) {
            List<String> known = session.parallelize(NUMBERS, 3)
                    .mapPartitions(records -> {
                        TaskContext task = TaskContext.get();
                        return List.of(task.partitionId() + " " + task.attemptNumber() + " " + task.executorId() + " "
                                        + task.host() + " " + task.isInterrupted() + " " + (task.stageId() >= 0))
                                .iterator();
                    })
                    .collect();

            assertThat(known)
                    .containsExactly(
                            "0 0 1 localhost false true", "1 0 1 localhost false true", "2 0 1 localhost false true");
            assertThat(TaskContext.find()).isEmpty();
            assertThatThrownBy(TaskContext::get).hasMessageContaining("runs no task");
        }
    }

    @Test
    void listenersHearOfEveryEndAndOfFailures() {
        SharedCode.COMPLETIONS.set(0);
        SharedCode.FAILURES.set(0);
        try (Session session = session()) {
            assertThat(session.parallelize(List.of(1, 2, 3), 3)
                            .map(SharedCode.listening())
                            .count())
                    .isEqualTo(3);

            assertThat(SharedCode.FAILURES).hasValue(3);
            assertThat(SharedCode.COMPLETIONS).hasValue(6);
        }
    }

    @Test
    void aCompletionListenerThatThrowsFailsTheTask() {
        try (Session session = session("raddle.task.max.attempts", "1")) {
            assertThatThrownBy(() -> session.parallelize(NUMBERS, 2)
                            .foreachPartition(records -> TaskContext.get().addTaskCompletionListener(context -> {
                                throw new IllegalStateException("not well after all");
                            })))
                    .hasMessageContaining("not well after all");
        }
    }
}
