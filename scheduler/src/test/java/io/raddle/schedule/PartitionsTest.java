package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartitionsTest {
    @Test
    void taskAndPartitionAreOneNumberWhenThereAreNoHoles() {
        Partitions partitions = Partitions.dense(3);

        assertThat(partitions.isDense()).isTrue();
        assertThat(partitions.partition(2)).isEqualTo(2);
        assertThat(partitions.task(2)).isEqualTo(2);
        assertThat(partitions.task(3)).isNegative();
        assertThat(partitions.task(-1)).isNegative();
        assertThat(partitions).hasToString("0 to 2");
    }

    @Test
    void chosenPartitionsAreAscendingWhateverTheirOrder() {
        Partitions partitions = Partitions.of(9, 2, 5, 2);

        assertThat(partitions.size()).isEqualTo(3);
        assertThat(partitions.isDense()).isFalse();
        for (int task = 0; task < 3; task++) {
            assertThat(partitions.task(partitions.partition(task))).isEqualTo(task);
        }
        assertThat(partitions.task(3)).isNegative();
        assertThat(partitions).hasToString("[2, 5, 9]");
    }

    @Test
    void chosenPartitionsWithoutHolesAreTheSameAsAllOfThem() {
        assertThat(Partitions.of(1, 0, 2)).isEqualTo(Partitions.dense(3)).hasSameHashCodeAs(Partitions.dense(3));
        assertThat(Partitions.of()).isEqualTo(Partitions.dense(0));
        assertThat(Partitions.of(1, 2)).isNotEqualTo(Partitions.of(1, 3)).isNotEqualTo(Partitions.dense(2));
    }

    @Test
    void thereAreNoNegativeOnes() {
        assertThatThrownBy(() -> Partitions.dense(-1)).hasMessageContaining("-1 partitions");
        assertThatThrownBy(() -> Partitions.of(3, -2)).hasMessageContaining("no partition -2");
    }
}
