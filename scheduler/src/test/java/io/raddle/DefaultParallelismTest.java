package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many partitions a shuffle makes when the program does not say. */
class DefaultParallelismTest {
    private static final int INPUT = 6;

    @Test
    void givesAShuffleTheNumberThatIsSetWhateverItsInputHas() {
        try (Session session = session(3)) {
            Rdd<Integer> numbers = numbers(session, INPUT);
            PairRdd<Integer, Integer> pairs = pairs(numbers);

            assertThat(pairs.reduceByKey(Integer::sum).getNumPartitions()).isEqualTo(3);
            assertThat(pairs.groupByKey().getNumPartitions()).isEqualTo(3);
            assertThat(pairs.join(pairs(numbers(session, 2))).getNumPartitions())
                    .isEqualTo(3);
            assertThat(pairs.distinct().getNumPartitions()).isEqualTo(3);
            assertThat(numbers.distinct().getNumPartitions()).isEqualTo(3);
            assertThat(pairs.sortByKey().getNumPartitions()).isEqualTo(3);
            assertThat(numbers.sortBy(each -> each).getNumPartitions()).isEqualTo(3);
            assertThat(numbers.groupBy(each -> each % 2).getNumPartitions()).isEqualTo(3);

            assertThat(numbers.distinct().count()).isEqualTo(10);
            assertThat(numbers.sortBy(each -> -each).take(2)).containsExactly(9, 8);
        }
    }

    @Test
    void givesAShuffleAsManyPartitionsAsItsLargestInputWhereNoneIsSet() {
        try (Session session = Session.builder().master("local[1]").build()) {
            PairRdd<Integer, Integer> pairs = pairs(numbers(session, INPUT));

            assertThat(pairs.reduceByKey(Integer::sum).getNumPartitions()).isEqualTo(INPUT);
            assertThat(pairs(numbers(session, 2)).join(pairs).getNumPartitions())
                    .isEqualTo(INPUT);
            assertThat(pairs.distinct().getNumPartitions()).isEqualTo(INPUT);
            assertThat(pairs.sortByKey().getNumPartitions()).isEqualTo(INPUT);
        }
    }

    @Test
    void heedsTheNumberThatTheProgramNames() {
        try (Session session = session(3)) {
            PairRdd<Integer, Integer> pairs = pairs(numbers(session, INPUT));

            assertThat(pairs.reduceByKey(Integer::sum, 5).getNumPartitions()).isEqualTo(5);
            assertThat(pairs.sortByKey(true, 2).getNumPartitions()).isEqualTo(2);
        }
    }

    @Test
    void leavesWhatIsPlacedWhereItIsUnlessThePlacementIsFarTooSmall() {
        try (Session session = session(30)) {
            PairRdd<Integer, Integer> placed = pairs(numbers(session, INPUT)).partitionBy(new HashPartitioner(2));
            PairRdd<Integer, Integer> other = pairs(numbers(session, 19));
            PairRdd<Integer, Integer> muchLarger = pairs(numbers(session, 20));

            assertThat(placed.reduceByKey(Integer::sum).getNumPartitions()).isEqualTo(2);
            assertThat(other.join(placed).getNumPartitions()).isEqualTo(2);
            assertThat(placed.join(muchLarger).getNumPartitions()).isEqualTo(30);
        }
    }

    private static Session session(int parallelism) {
        return Session.builder()
                .master("local[1]")
                .config("raddle.default.parallelism", String.valueOf(parallelism))
                .build();
    }

    private static Rdd<Integer> numbers(Session session, int partitions) {
        return session.parallelize(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), partitions);
    }

    private static PairRdd<Integer, Integer> pairs(Rdd<Integer> numbers) {
        return numbers.mapToPair(each -> Pair.of(each, each));
    }
}
