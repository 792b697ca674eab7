package io.raddle.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyMessageArrivesOnceAndInOrderOverBreakingConnections(long seed) {
        Random random = new Random(seed);
        Outbox outbox = new Outbox();
        Inbox inbox = new Inbox();
        List<String> taken = new ArrayList<>();
        int sent = 0;

        while (taken.size() < 200) {
            List<Outbox.Numbered> connection = new ArrayList<>(outbox.unacknowledged());
            int fresh = random.nextInt(6);
            for (int i = 0; i < fresh && sent < 200; i++) {
                connection.add(outbox.add(ByteString.copyFromUtf8("m" + sent++)));
            }
            int deliveredUntilItBreaks = random.nextInt(connection.size() + 1);
            for (Outbox.Numbered message : connection.subList(0, deliveredUntilItBreaks)) {
                if (inbox.arrived(message.sequence()) == Inbox.Arrival.NEW) {
                    taken.add(message.payload().toStringUtf8());
                }
            }
            if (random.nextBoolean()) {
                outbox.acknowledged(inbox.acknowledged());
            }
        }

        assertThat(taken).hasSize(200).isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
        assertThat(inbox.duplicates()).isPositive();
    }

    @Test
    void aMissingMessageIsSeen() {
        Inbox inbox = new Inbox();

        assertThat(inbox.arrived(1)).isEqualTo(Inbox.Arrival.NEW);
        assertThat(inbox.arrived(3)).isEqualTo(Inbox.Arrival.GAP);
        assertThat(inbox.acknowledged()).isEqualTo(1);
    }

    @Test
    void acknowledgedBytesAreForgotten() {
        Outbox outbox = new Outbox();
        outbox.add(ByteString.copyFrom(new byte[10]));
        outbox.add(ByteString.copyFrom(new byte[20]));

        outbox.acknowledged(1);

        assertThat(outbox.unacknowledgedBytes()).isEqualTo(20);
        assertThat(outbox.unacknowledged())
                .singleElement()
                .extracting(Outbox.Numbered::sequence)
                .isEqualTo(2L);
    }

    private static int number(String message) {
        return Integer.parseInt(message.substring(1));
    }
}
