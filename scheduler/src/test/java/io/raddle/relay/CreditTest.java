package io.raddle.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.id.ExecutorId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreditTest {
    private static final ExecutorId ONE = new ExecutorId(1);
    private static final ExecutorId TWO = new ExecutorId(2);

    private final Credit credit = new Credit();

    @Test
    void saysAtOnceWhatAnExecutorBeginsWith() {
        assertThat(credit.add(ONE, 16)).hasValue(16);
        assertThat(credit.takeKept()).isEmpty();
    }

    @Test
    void saysSingleFramesEightAtATimeForEachExecutor() {
        for (int i = 0; i < 7; i++) {
            assertThat(credit.add(ONE, 1)).isEmpty();
            assertThat(credit.add(TWO, 1)).isEmpty();
        }

        assertThat(credit.add(ONE, 1)).hasValue(8);
        assertThat(credit.add(ONE, 1)).isEmpty();
        assertThat(credit.takeKept()).containsExactlyInAnyOrderEntriesOf(Map.of(ONE, 1, TWO, 7));
        assertThat(credit.takeKept()).isEmpty();
    }

    @Test
    void forgetsWhatWasForAnEarlierAttachment() {
        credit.add(ONE, 5);

        credit.forget(ONE);

        assertThat(credit.add(ONE, 5)).isEmpty();
        assertThat(credit.takeKept()).containsEntry(ONE, 5);
    }
}
