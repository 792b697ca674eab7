package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.yarn.api.records.Resource;
import org.junit.jupiter.api.Test;

class WaitingReasonsTest {
    private final WaitingReasons reasons = new WaitingReasons("research", Resource.newInstance(2048, 1));

    @Test
    void saysWhatIsMissingAndHowLong() {
        assertThat(sentences(2, view(0, 2)))
                .first()
                .isEqualTo("2 executors of 2,048 MiB and 1 core have been missing for 7 s.");
    }

    @Test
    void saysThatTheQueueIsFull() {
        List<String> sentences = reasons.sentences(
                1,
                7,
                new WaitingReasons.View(
                        Resource.newInstance(512, 0),
                        2,
                        OptionalLong.of(8192),
                        Optional.of(new WaitingReasons.QueueUse(100, 10, 30))));

        assertThat(sentences)
                .contains(
                        "The ResourceManager says that queue research has 512 MiB and 0 cores left for us on 2 nodes:"
                                + " others must end first.",
                        "Queue research uses 100 % of its capacity, which is 10 % of the queue above it and may grow to 30 %.");
    }

    @Test
    void saysThatNoNodeIsLargeEnough() {
        List<String> sentences = reasons.sentences(
                1,
                7,
                new WaitingReasons.View(Resource.newInstance(4096, 4), 4, OptionalLong.of(1024), Optional.empty()));

        assertThat(sentences).anySatisfy(sentence -> assertThat(sentence).contains("No node offers", "1,024 MiB"));
    }

    @Test
    void saysThatThereIsNoNode() {
        assertThat(sentences(1, view(0, 0))).last().asString().contains("no NodeManager");
    }

    private List<String> sentences(int missing, WaitingReasons.View view) {
        return reasons.sentences(missing, 7, view);
    }

    private static WaitingReasons.View view(int headroomMib, int nodes) {
        return new WaitingReasons.View(
                Resource.newInstance(headroomMib, 0), nodes, OptionalLong.empty(), Optional.empty());
    }
}
