package io.raddle.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kept partitions take what tasks leave, and give back what tasks need, down to half of all. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LendingTest {
    private static final long MIB = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(8 * MIB, 1);
    private long asked;

    /** Gives up what it is asked for, as far as there is so much. */
    private void lend(long most) {
        budget.lends(bytes -> {
            asked += bytes;
            long given = Math.min(bytes, most);
            budget.release(given);
            return given;
        });
    }

    @Test
    void whatIsKeptMayTakeAllThatNoTaskUses() {
        assertThat(budget.tryStore(8 * MIB)).isTrue();
        assertThat(budget.tryStore(1)).isFalse();
        assertThat(budget.freeBytes()).isZero();
        budget.release(MIB);
        assertThat(budget.tryStore(MIB)).isTrue();
    }

    @Test
    void aTaskThatNeedsMemoryHasKeptPartitionsEvicted() {
        lend(Long.MAX_VALUE);
        budget.tryStore(8 * MIB);
        try (TaskMemory task = budget.openTask()) {
            assertThat(task.reservation().tryHold(3 * MIB)).isTrue();
            assertThat(asked).isEqualTo(3 * MIB);
            assertThat(budget.storedBytes()).isEqualTo(5 * MIB);
        }
    }

    @Test
    void halfIsLeftToKeptPartitionsHoweverMuchTasksNeed() {
        lend(Long.MAX_VALUE);
        budget.tryStore(8 * MIB);
        try (TaskMemory task = budget.openTask();
                Reservation most = task.reservation()) {
            assertThat(most.tryHold(5 * MIB)).isFalse();
            assertThat(asked).isZero();
            assertThat(most.tryHold(4 * MIB)).isTrue();
            assertThat(budget.storedBytes()).isEqualTo(4 * MIB);
            assertThat(most.tryHold(4 * MIB + 1)).isFalse();
        }
    }

    @Test
    void aTaskIsRefusedWhenNothingCanBeEvicted() {
        lend(0);
        budget.tryStore(8 * MIB);
        try (TaskMemory task = budget.openTask()) {
            assertThat(task.reservation().tryHold(2 * MIB)).isFalse();
        }
    }

    @Test
    void whatTasksHoldIsNotTakenByKeptPartitions() {
        try (TaskMemory task = budget.openTask()) {
            assertThat(task.reservation().tryHold(6 * MIB)).isTrue();
            assertThat(budget.tryStore(2 * MIB + 1)).isFalse();
            assertThat(budget.tryStore(2 * MIB)).isTrue();
        }
    }
}
