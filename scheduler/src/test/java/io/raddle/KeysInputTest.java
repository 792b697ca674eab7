package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys, partitioners and comparators that cannot be used end with a sentence that names what is wrong. */
class KeysInputTest {
    private static Session session;

    /** Says where keys go, right or wrong. */
    private record Wrong(int partitions, int answer) implements Partitioner {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(@Nullable Object key) {
            return answer;
        }
    }

    /** Orders by x alone and is not Serializable. */
    private record Spot(int x, String name) implements Comparable<Spot> {
        @Override
        public int compareTo(Spot other) {
            return Integer.compare(x, other.x);
        }
    }

    @BeforeAll
    static void open() {
        session = Session.builder().master("local[2]").build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static PairRdd<String, Integer> pairs() {
        return session.parallelizePairs(List.of(Pair.of("a", 1), Pair.of("b", 2)), 2);
    }

    private static void refused(ThrowingCallable call, String... sentences) {
        assertThatThrownBy(call)
                .isInstanceOf(RaddleException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(sentences));
    }

    @Test
    void namesKeyAndPartitionOfAPartitionerOutOfRange() {
        refused(() -> pairs().partitionBy(new Wrong(2, 2)).count(), "Wrong", "partition 2 of 2", "from 0 to 1");
        refused(() -> pairs().reduceByKey(new Wrong(2, -1), Integer::sum).count(), "partition -1 of 2");
        refused(
                () -> pairs().partitionBy(new Wrong(2, 0))
                        .union(pairs())
                        .cogroup(pairs(), new Wrong(3, 7))
                        .count(),
                "partition 7 of 3");
    }

    @Test
    void refusesAPartitionerWithoutPartitionsAtTheCall() {
        refused(() -> pairs().partitionBy(new Wrong(0, 0)), "0 partitions", "1 or more");
        refused(() -> pairs().groupByKey(0), "0 partitions");
        refused(() -> pairs().sortByKey(true, 0), "0 partitions");
    }

    @Test
    void countsAnOutOfRangePartitionAgainstTheTask() {
        assertThatThrownBy(() -> pairs().partitionBy(new Wrong(2, 9)).count())
                .isInstanceOfSatisfying(
                        RaddleException.class,
                        e -> assertThat(e.fault())
                                .isInstanceOfSatisfying(
                                        Cause.TaskFailed.class,
                                        failed -> assertThat(failed.last()).isInstanceOf(Cause.InvalidInput.class)));
    }

    @Test
    void refusesNullKeysWhereTheyNeedAnOrder() {
        List<Pair<String, Integer>> withNull = new ArrayList<>(List.of(Pair.of("a", 1), Pair.of("b", 3)));
        withNull.add(new Pair<>(null, 2));
        PairRdd<String, Integer> rdd = session.parallelizePairs(withNull, 2);

        refused(() -> rdd.sortByKey(true, 1).count(), "Null has no natural order", "takes nulls");
        refused(() -> rdd.sortByKey(true, 3).count(), "Null has no natural order");
        refused(() -> rdd.filterByRange("a", "z").count(), "Null has no natural order");
        assertThat(rdd.sortByKey((left, right) -> String.valueOf(left).compareTo(String.valueOf(right)), true, 2)
                        .values()
                        .collect())
                .containsExactly(1, 3, 2);
    }

    @Test
    void refusesAFunctionThatReturnsNullInsteadOfAPair() {
        refused(
                () -> pairs().mapToPair(any -> (Pair<String, Integer>) null)
                        .reduceByKey(Integer::sum)
                        .collect(),
                "mapToPair returned null",
                "flatMapToPair");
    }

    @Test
    void refusesKeysThatHaveNoOrder() {
        PairRdd<Object, Integer> mixed =
                session.parallelizePairs(List.of(Pair.<Object, Integer>of("a", 1), Pair.<Object, Integer>of(1, 1)), 1);

        refused(() -> mixed.sortByKey().count(), "cannot be compared");
    }

    @Test
    void sortsByKeysThatAreNotSerializable() {
        List<Pair<Spot, Integer>> spots = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            spots.add(Pair.of(new Spot((i * 37) % 50, "spot"), i));
        }

        PairRdd<Spot, Integer> sorted = session.parallelizePairs(spots, 3).sortByKey(true, 4);

        assertThat(sorted.keys().map(Spot::x).collect()).isSorted().hasSize(50);
        assertThat(sorted.getNumPartitions()).isEqualTo(4);
        assertThat(sorted.lookup(new Spot(7, "spot"))).hasSize(1);
        assertThat(sorted.filterByRange(new Spot(3, ""), new Spot(5, ""))
                        .keys()
                        .map(Spot::x)
                        .collect())
                .containsExactly(3, 4, 5);
    }

    @Test
    void tellsWhatAComparatorOfKeysThrew() {
        refused(
                () -> pairs().sortByKey(
                                (left, right) -> {
                                    throw new IllegalStateException("no order today");
                                },
                                true,
                                1)
                        .count(),
                "no order today");
    }

    @Test
    void refusesMorePartitionsOfAProductThanCanBe() {
        Rdd<Long> many = session.range(0, 10, 1, 50_000);
        refused(() -> many.cartesian(many), "50000", "coalesce");
    }
}
