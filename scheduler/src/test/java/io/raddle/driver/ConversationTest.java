package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.raddle.endpoint.Attachment;
import io.raddle.id.ExecutorId;
import io.raddle.proto.Drain;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.Hello;
import io.raddle.proto.Welcome;
import io.raddle.schedule.Event;
import io.raddle.wire.Inbox.Arrival;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final ExecutorId EXECUTOR = new ExecutorId(4);
    private static final DriverMessage MESSAGE =
            DriverMessage.newBuilder().setDrain(Drain.getDefaultInstance()).build();

    private final RecordedLink link = new RecordedLink();
    private final Roster roster = new Roster(link, Duration.ofNanos(100));
    private final Conversation executor = roster.of(EXECUTOR);

    @Test
    void holdsMessagesBackUntilTheWelcome() {
        executor.attached(attachment(1, 1), Hello.getDefaultInstance(), 0);
        executor.say(MESSAGE);
        assertThat(link.sent()).isEmpty();

        executor.welcome(Welcome.getDefaultInstance());

        assertThat(link.sent()).extracting(DriverFrame::getSequence).containsExactly(0L, 1L);
    }

    @Test
    void repeatsWhatWasNotAcknowledgedAfterANewAttach() {
        attach(1, 1);
        executor.say(MESSAGE);
        executor.say(MESSAGE);
        executor.heard(frame(0, 1), 0);
        executor.detached();
        executor.say(MESSAGE);
        link.clear();

        attach(1, 2);

        assertThat(link.sent()).extracting(DriverFrame::getSequence).containsExactly(0L, 2L, 3L);
    }

    @Test
    void beginsAnewWithAnotherProcess() {
        attach(1, 1);
        executor.say(MESSAGE);
        assertThat(executor.lacks(ByteString.copyFromUtf8("plan"))).isTrue();
        assertThat(executor.lacks(ByteString.copyFromUtf8("plan"))).isFalse();
        link.clear();

        attach(2, 2);

        assertThat(link.sent()).hasSize(1);
        assertThat(executor.lacks(ByteString.copyFromUtf8("plan"))).isTrue();
        executor.say(MESSAGE);
        assertThat(link.sent().get(1).getSequence()).isEqualTo(1);
    }

    @Test
    void tellsNewMessagesFromRepeatedOnesAndGaps() {
        attach(1, 1);

        assertThat(executor.heard(frame(1, 0), 0)).isEqualTo(Arrival.NEW);
        assertThat(executor.heard(frame(1, 0), 0)).isEqualTo(Arrival.DUPLICATE);
        assertThat(executor.heard(frame(3, 0), 0)).isEqualTo(Arrival.GAP);
        assertThat(executor.heard(frame(2, 0), 0)).isEqualTo(Arrival.NEW);
    }

    @Test
    void acknowledgesOnceWhatCame() {
        attach(1, 1);
        executor.heard(frame(1, 0), 0);
        executor.heard(frame(2, 0), 0);
        link.clear();

        roster.acknowledge();
        roster.acknowledge();

        assertThat(link.sent()).hasSize(1);
        assertThat(link.sent().get(0).getAcknowledged()).isEqualTo(2);
        assertThat(link.sent().get(0).getPayload()).isEmpty();
    }

    @Test
    void presumesASilentExecutorLostOnceForEachSilence() {
        attach(7, 1);
        executor.heard(frame(1, 0), 1_000);

        assertThat(roster.silent(1_100)).isEmpty();
        assertThat(roster.silent(1_101))
                .extracting(Event.ExecutorLost::executor, Event.ExecutorLost::incarnation)
                .containsExactly(org.assertj.core.api.Assertions.tuple(EXECUTOR, 7L));
        assertThat(roster.silent(1_200)).isEmpty();

        executor.attached(attachment(7, 2), Hello.getDefaultInstance(), 2_000);
        assertThat(roster.silent(2_050)).isEmpty();
        assertThat(roster.silent(2_200)).hasSize(1);
    }

    @Test
    void endsTheStreamOfASilentExecutorSoThatItAttachesAgainWhenItResumes() {
        attach(7, 1);
        executor.heard(frame(1, 0), 1_000);

        roster.silent(1_101);
        roster.silent(1_200);

        assertThat(link.disconnections()).singleElement().asString().contains("was silent");
    }

    @Test
    void presumesAnExecutorLostThatDoesNotTakeWhatItIsTold() {
        attach(7, 1);
        DriverMessage large = DriverMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setMapIdPrefix("x".repeat(8 << 20)))
                .build();
        for (int i = 0; i < 15; i++) {
            executor.say(large);
        }
        assertThat(roster.silent(50)).isEmpty();

        executor.say(large);

        assertThat(roster.silent(50))
                .singleElement()
                .satisfies(lost -> assertThat(lost.cause().happened()).contains("did not take the last 128 MiB"));
        assertThat(roster.silent(60)).isEmpty();
        assertThat(link.disconnections()).singleElement().asString().contains("did not take");

        executor.heard(frame(1, 16), 70);
        attach(7, 2);
        assertThat(roster.silent(80)).isEmpty();
    }

    private void attach(long incarnation, long number) {
        executor.attached(attachment(incarnation, number), Hello.getDefaultInstance(), 0);
        executor.welcome(Welcome.getDefaultInstance());
    }

    private static Attachment attachment(long incarnation, long number) {
        return new Attachment(EXECUTOR, incarnation, number);
    }

    private static ExecutorFrame frame(long sequence, long acknowledged) {
        return ExecutorFrame.newBuilder()
                .setSequence(sequence)
                .setAcknowledged(acknowledged)
                .setPayload(ByteString.copyFromUtf8("x"))
                .build();
    }
}
