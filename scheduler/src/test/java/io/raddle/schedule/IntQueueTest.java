package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntQueueTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAPlainQueueHoweverItGrowsAndWraps(long seed) {
        Random random = new Random(seed);
        IntQueue queue = new IntQueue();
        Deque<Integer> plain = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            int kind = random.nextInt(i / 4000 % 2 == 0 ? 3 : 5);
            if (kind < 2 || plain.isEmpty()) {
                queue.add(i);
                plain.add(i);
            } else if (i % 5003 == 0) {
                queue.clear();
                plain.clear();
            } else {
                assertThat(queue.remove()).isEqualTo(plain.remove());
            }
            assertThat(queue.size()).isEqualTo(plain.size());
            assertThat(queue.isEmpty()).isEqualTo(plain.isEmpty());
        }
    }

    @Test
    void hasNothingToGiveWhenItIsEmpty() {
        IntQueue queue = new IntQueue();
        queue.add(1);
        queue.remove();

        assertThatThrownBy(queue::remove).isInstanceOf(IllegalStateException.class);
    }
}
