package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.id.ShuffleId;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapOutputsTest {
    private final Executor first = Parts.executor(1);
    private final Executor second = Parts.executor(2);
    private final MapOutputs table = new MapOutputs(new ShuffleId(7), 4);

    private List<Integer> rowsOf(Executor executor) {
        return table.writtenBy(writer -> writer == executor);
    }

    @Test
    void aRowStandsOnlyOnceItIsWritten() {
        assertThat(table.standsSince(2, MapOutputs.FIRST_EPOCH)).isFalse();

        table.register(2, first);

        assertThat(table.standsSince(2, MapOutputs.FIRST_EPOCH)).isTrue();
    }

    @Test
    void rowsOutsideOfTheTableNeverStand() {
        table.register(3, first);

        assertThat(table.standsSince(-1, 99)).isFalse();
        assertThat(table.standsSince(4, 99)).isFalse();
    }

    @Test
    void everyLossBeginsANewEpoch() {
        table.register(0, first);
        table.register(1, first);

        table.lose(0);
        table.lose(1);

        assertThat(table.epoch()).isEqualTo(MapOutputs.FIRST_EPOCH + 2);
    }

    @Test
    void writingARowBeginsNoNewEpoch() {
        table.register(0, first);
        table.register(1, second);

        assertThat(table.epoch()).isEqualTo(MapOutputs.FIRST_EPOCH);
    }

    @Test
    void newsOfAnOldLossDoNotConcernTheRowThatCameSince() {
        table.register(0, first);
        int seen = table.epoch();
        table.lose(0);
        table.register(0, second);

        assertThat(table.standsSince(0, seen)).isFalse();
        assertThat(table.standsSince(0, table.epoch())).isTrue();
    }

    @Test
    void aRowThatWasNotLostStandsInEveryLaterTable() {
        table.register(0, first);
        table.register(1, first);
        table.lose(0);
        table.lose(0);

        assertThat(table.standsSince(1, MapOutputs.FIRST_EPOCH)).isTrue();
        assertThat(table.standsSince(1, table.epoch())).isTrue();
    }

    @Test
    void knowsTheRowsOfEachWriterInOrder() {
        table.register(3, first);
        table.register(0, first);
        table.register(1, second);

        assertThat(rowsOf(first)).containsExactly(0, 3);
        assertThat(rowsOf(second)).containsExactly(1);
    }

    @Test
    void aRowBelongsToWhoWroteItLast() {
        table.register(0, first);
        table.lose(0);
        table.register(0, second);

        assertThat(rowsOf(first)).isEmpty();
        assertThat(rowsOf(second)).containsExactly(0);
    }

    @Test
    void forgetsAllRowsAtOnce() {
        table.register(0, first);
        table.register(1, second);
        int seen = table.epoch();

        table.loseAll();

        assertThat(table.writtenBy(writer -> true)).isEmpty();
        assertThat(table.epoch()).isGreaterThan(seen);
        table.register(0, first);
        assertThat(table.standsSince(0, seen)).isFalse();
    }
}
