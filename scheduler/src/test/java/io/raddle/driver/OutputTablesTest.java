package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.id.AttemptId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.proto.MapOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTablesTest {
    private static final ShuffleId SHUFFLE = new ShuffleId(2);

    private final RecordedLink link = new RecordedLink();
    private final OutputTables tables = new OutputTables(link);

    @Test
    void publishesATableForEachEpoch() {
        accept(0, 0);
        accept(1, 0);
        tables.publish(SHUFFLE, 1, List.of(attempt(0, 0), attempt(1, 0)));
        accept(1, 1);
        tables.publish(SHUFFLE, 2, List.of(attempt(0, 0), attempt(1, 1)));

        assertThat(tables.input(SHUFFLE, 1).getSha256())
                .isNotEqualTo(tables.input(SHUFFLE, 2).getSha256());
        assertThat(link.published()).hasSize(2);
    }

    @Test
    void forgetsOutputsThatAreInNoTableAnyMore() {
        accept(0, 0);
        accept(0, 1);
        tables.publish(SHUFFLE, 1, List.of(attempt(0, 1)));

        assertThatThrownBy(() -> tables.publish(SHUFFLE, 2, List.of(attempt(0, 0))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withdrawsAllTablesOfAShuffleThatIsDropped() {
        accept(0, 0);
        tables.publish(SHUFFLE, 1, List.of(attempt(0, 0)));

        assertThat(tables.drop(SHUFFLE)).containsExactly(new NodeId("node", 1));
        assertThat(tables.drop(new ShuffleId(99))).isEmpty();

        assertThat(link.published()).isEmpty();
        assertThatThrownBy(() -> tables.input(SHUFFLE, 1)).isInstanceOf(IllegalStateException.class);
    }

    private void accept(int map, int attempt) {
        tables.accept(
                SHUFFLE,
                attempt(map, attempt),
                MapOutput.newBuilder()
                        .setMap(map)
                        .setMapId("m" + map + attempt)
                        .setHost("node")
                        .setNodePort(1)
                        .build());
    }

    private static AttemptId attempt(int map, int attempt) {
        return new AttemptId(1, new StageId(5), map, attempt);
    }
}
