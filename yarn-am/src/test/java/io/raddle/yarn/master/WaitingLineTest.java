package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.yarn.api.records.Resource;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private static final long SECOND = 1_000_000_000;

    private final WaitingLine line =
            new WaitingLine(new WaitingReasons("default", Resource.newInstance(1024, 1)), new WaitingLine.Probing() {
                @Override
                public WaitingReasons.View view(Resource headroom, int nodes) {
                    return new WaitingReasons.View(headroom, nodes, OptionalLong.empty(), Optional.empty());
                }

                @Override
                public void close() {}
            });

    @Test
    void saysNothingAtFirst() {
        line.update(0, 2, Optional.empty(), Responses.empty());
        line.update(SECOND, 2, Optional.empty(), Responses.empty());

        assertThat(line.sentences()).isEmpty();
    }

    @Test
    void goesOnSayingWhyItWaits() {
        line.update(0, 2, Optional.empty(), Responses.empty());
        line.update(3 * SECOND, 2, Optional.empty(), Responses.empty());
        assertThat(line.sentences())
                .first()
                .asString()
                .startsWith("2 executors")
                .endsWith("for 3 s.");

        line.update(9 * SECOND, 2, Optional.empty(), Responses.empty());
        assertThat(line.sentences()).first().asString().endsWith("for 9 s.");
    }

    @Test
    void fallsSilentWhenSomethingCame() {
        line.update(0, 2, Optional.empty(), Responses.empty());
        line.update(3 * SECOND, 2, Optional.empty(), Responses.empty());
        line.update(4 * SECOND, 1, Optional.empty(), Responses.granting(Responses.container(1, "a")));

        assertThat(line.sentences()).isEmpty();
    }

    @Test
    void startsAnewWithEachWant() {
        line.update(0, 2, Optional.empty(), Responses.empty());
        line.update(10 * SECOND, 0, Optional.empty(), Responses.empty());
        line.update(100 * SECOND, 1, Optional.empty(), Responses.empty());
        line.update(101 * SECOND, 1, Optional.empty(), Responses.empty());

        assertThat(line.sentences()).isEmpty();
    }

    @Test
    void saysWhyTheLastExecutorFailed() {
        Cause cause = new Cause.LaunchFailed("a:1", "no disk");
        line.update(0, 2, Optional.of(cause), Responses.empty());
        line.update(3 * SECOND, 2, Optional.of(cause), Responses.empty());

        assertThat(line.sentences()).last().asString().contains("A container on a:1 did not start: no disk");
    }
}
