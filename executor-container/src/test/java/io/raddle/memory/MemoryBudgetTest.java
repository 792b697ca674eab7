package io.raddle.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryBudgetTest {
    private static final long MIB = 1 << 20;

    @Test
    void givesASingleTaskEverythingButWhatOtherSlotsCountOn() {
        MemoryBudget budget = new MemoryBudget(100 * MIB, 4);
        try (TaskMemory task = budget.openTask()) {
            Reservation memory = task.reservation();
            assertThat(memory.tryHold(62 * MIB)).isTrue();
            assertThat(memory.tryHold(63 * MIB)).isFalse();
            assertThat(memory.heldBytes()).isEqualTo(62 * MIB);
        }
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void givesATaskThatStartsLateItsHalfOfAFairShare() {
        MemoryBudget budget = new MemoryBudget(100 * MIB, 2);
        try (TaskMemory early = budget.openTask()) {
            assertThat(early.reservation().tryHold(75 * MIB)).isTrue();
            try (TaskMemory late = budget.openTask()) {
                Reservation memory = late.reservation();
                assertThat(memory.tryHold(25 * MIB)).isTrue();
                assertThat(memory.tryHold(26 * MIB)).isFalse();
            }
        }
    }

    @Test
    void letsAConsumerSpillInSensiblePiecesWhenItsNeighbourHoldsAll() {
        MemoryBudget budget = new MemoryBudget(100 * MIB, 1);
        try (TaskMemory task = budget.openTask()) {
            assertThat(task.reservation().tryHold(100 * MIB)).isTrue();
            Reservation neighbour = task.reservation();
            assertThat(neighbour.tryHold(MIB)).isTrue();
            assertThat(neighbour.tryHold(MIB + 1)).isFalse();
        }
    }

    @Test
    void closesWhatATaskOpenedInReverseOrder() {
        List<String> closed = new ArrayList<>();
        TaskMemory task = new MemoryBudget(MIB, 1).openTask();
        task.closeAtEnd(() -> closed.add("first"));
        task.closeAtEnd(() -> closed.add("second"));
        task.close();
        task.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverGrantsMoreThanItHasAndEndsEmpty(long seed) {
        Random random = new Random(seed);
        MemoryBudget budget = new MemoryBudget(1000 * MIB, 3);
        for (int round = 0; round < 200; round++) {
            List<TaskMemory> tasks = List.of(budget.openTask(), budget.openTask(), budget.openTask());
            for (int step = 0; step < 50; step++) {
                Reservation memory = tasks.get(random.nextInt(3)).reservation();
                memory.tryHold(2 * MIB + random.nextInt(400) * MIB);
                assertThat(budget.usedBytes()).isLessThanOrEqualTo(1000 * MIB);
                if (random.nextInt(4) == 0) {
                    memory.close();
                }
            }
            tasks.forEach(TaskMemory::close);
            assertThat(budget.usedBytes()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {512, 1024, 1408, 2048, 4096, 16384, 262144})
    void dividesAContainerWithoutARest(long mebibytes) {
        ContainerMemory memory = ContainerMemory.of(mebibytes * MIB);
        long sum = memory.heapBytes() + memory.directBytes() + memory.metaspaceBytes() + memory.overheadBytes();
        assertThat(sum).isBetween((mebibytes - 4) * MIB, mebibytes * MIB);
        assertThat(memory.overheadBytes()).isGreaterThanOrEqualTo(Math.max(224 * MIB, mebibytes * MIB * 11 / 100));
        assertThat(memory.codeCacheBytes()).isLessThan(memory.overheadBytes());
        assertThat(memory.jvmOptions())
                .contains(
                        "-Xmx" + memory.heapBytes() / MIB + "m",
                        "-XX:MaxDirectMemorySize=" + memory.directBytes() / MIB + "m");
    }

    @Test
    void saysHowMuchAContainerNeedsAtLeast() {
        assertThatThrownBy(() -> ContainerMemory.of(300 * MIB))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("300 MiB")
                .hasMessageContaining("at least 384 MiB");
        assertThat(ContainerMemory.of(384 * MIB).heapBytes()).isEqualTo(64 * MIB);
    }
}
