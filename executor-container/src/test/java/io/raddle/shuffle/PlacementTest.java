package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementTest {
    /** Places keys by what they say, right or wrong. */
    private record AsTheySay(int partitions) implements Partitioner {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(@Nullable Object key) {
            return Integer.parseInt(String.valueOf(key).substring(0, 2).trim());
        }
    }

    private final Placement placement = Placement.byKey(new AsTheySay(3));

    @Test
    void placesPairsByTheirKeys() {
        assertThat(placement.partition(Pair.of("0 first", "x"))).isZero();
        assertThat(placement.partition(Pair.of("2 last", "x"))).isEqualTo(2);
    }

    @Test
    void namesKeyAndPartitionOfAPartitionerThatIsOutOfRange() {
        assertThatThrownBy(() -> placement.partition(Pair.of("3 over", "x")))
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isInstanceOf(Cause.InvalidInput.class))
                .hasMessageContaining("AsTheySay")
                .hasMessageContaining("3 over")
                .hasMessageContaining("partition 3 of 3")
                .hasMessageContaining("floorMod");
        assertThatThrownBy(() -> placement.partition(Pair.of("-1", "x"))).hasMessageContaining("partition -1 of 3");
    }

    @Test
    void cutsALongKeyInTheError() {
        assertThatThrownBy(() -> placement.partition(Pair.of("9 " + "long".repeat(1000), "x")))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }
}
