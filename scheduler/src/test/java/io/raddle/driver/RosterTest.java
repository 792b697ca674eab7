package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.endpoint.Attachment;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.Hello;
import io.raddle.proto.Welcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
    private final RecordedLink link = new RecordedLink();
    private final Roster roster = new Roster(link, Duration.ofSeconds(30));

    @Test
    void hasOutputsDeletedByTheNextExecutorOnANodeThatHasNone() {
        Conversation first = attach(1, "a");
        roster.dropShuffle(new ShuffleId(7), Set.of(node("a"), node("b"), node("c")));
        roster.dropShuffle(new ShuffleId(8), Set.of(node("a"), node("b")));

        assertThat(deletionsAt(first)).containsExactly(7, 8);
        assertThat(deletionsAt(attach(2, "b"))).containsExactly(7, 8);
        assertThat(deletionsAt(attach(3, "b"))).isEmpty();
        assertThat(deletionsAt(attach(4, "a"))).isEmpty();
    }

    @Test
    void hasNothingDeletedOnANodeThatCameBackEmpty() {
        roster.dropShuffle(new ShuffleId(7), Set.of(node("a")));
        roster.nodeLost(node("a"));

        assertThat(deletionsAt(attach(1, "a"))).isEmpty();
    }

    @Test
    void remembersABoundedNumberOfDeletions() {
        for (int shuffle = 0; shuffle <= AbandonedOutputs.MAX_PER_NODE; shuffle++) {
            roster.dropShuffle(new ShuffleId(shuffle), Set.of(node("a")));
        }

        assertThat(deletionsAt(attach(1, "a")))
                .hasSize(AbandonedOutputs.MAX_PER_NODE)
                .doesNotContain(0);
    }

    private Conversation attach(int number, String host) {
        ExecutorId id = new ExecutorId(number);
        Conversation executor = roster.of(id);
        executor.attached(
                new Attachment(id, 1, 1),
                Hello.newBuilder().setHost(host).setNodePort(1).build(),
                0);
        executor.welcome(Welcome.getDefaultInstance());
        roster.catchUp(executor);
        return executor;
    }

    private static NodeId node(String host) {
        return new NodeId(host, 1);
    }

    private List<Integer> deletionsAt(Conversation executor) {
        return link.sent().stream()
                .filter(frame -> frame.getExecutor() == executor.executor().number())
                .map(RosterTest::message)
                .filter(DriverMessage::hasDropShuffle)
                .map(message -> message.getDropShuffle().getShuffle())
                .toList();
    }

    private static DriverMessage message(DriverFrame frame) {
        try {
            return DriverMessage.parseFrom(frame.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
