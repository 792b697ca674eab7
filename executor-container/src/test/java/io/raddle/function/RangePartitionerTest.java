package io.raddle.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RangePartitionerTest {
    @Test
    void placesEverythingInOnePartitionWithoutBounds() {
        Partitioner one = new RangePartitioner<>(List.of(), Comparator.<Integer>naturalOrder());
        assertThat(one.partitions()).isEqualTo(1);
        assertThat(one.partition(5)).isZero();
    }

    @Test
    void placesAKeyEqualToABoundWhereTheBoundEnds() {
        Partitioner partitioner = new RangePartitioner<>(List.of("d", "m"), Comparator.<String>naturalOrder());
        assertThat(partitioner.partition("d")).isZero();
        assertThat(partitioner.partition("e")).isEqualTo(1);
        assertThat(partitioner.partition("z")).isEqualTo(2);
    }

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, 20) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsTheOrderOfKeysAcrossPartitions(long seed) {
        Random random = new Random(seed);
        List<Integer> bounds =
                random.ints(random.nextInt(40), 0, 1000).sorted().boxed().toList();
        Partitioner ascending = new RangePartitioner<>(bounds, Comparator.<Integer>naturalOrder());
        List<Integer> keys = random.ints(500, -10, 1010).sorted().boxed().toList();
        List<Integer> placed = keys.stream().map(ascending::partition).toList();
        assertThat(placed).isSorted();
        for (int i = 0; i < keys.size(); i++) {
            int key = keys.get(i);
            assertThat(placed.get(i))
                    .isEqualTo((int) bounds.stream().filter(b -> b < key).count());
        }
    }

    @Test
    void equalsAnotherOfTheSameBoundsAndOrder() {
        Partitioner first = new RangePartitioner<>(List.of(3), Comparator.<Integer>naturalOrder());
        assertThat(first)
                .isEqualTo(new RangePartitioner<>(List.of(3), Comparator.<Integer>naturalOrder()))
                .hasSameHashCodeAs(new RangePartitioner<>(List.of(3), Comparator.<Integer>naturalOrder()))
                .isNotEqualTo(new RangePartitioner<>(List.of(3), Comparator.<Integer>reverseOrder()))
                .isNotEqualTo(new RangePartitioner<>(List.of(4), Comparator.<Integer>naturalOrder()));
    }
}
