package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.id.NodeId;
import io.raddle.proto.Welcome;
import io.raddle.shuffle.LocalDirectories;
import io.raddle.shuffle.ShuffleClient;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a shuffle the driver's welcome says. */
final class ShufflesTest {
    @TempDir
    private Path root;

    @Test
    void asksOthersForAsManyBytesAtOnceAsTheDriverSays() {
        LocalDirectories directories = new LocalDirectories(List.of(root), "container", new NodeId("host", 1));
        Secret secret = Secret.random();
        ShuffleNetwork network = new ShuffleNetwork("job_1_1", secret, 0, PortRange.ANY);
        try (ShuffleClient client = network.client(directories, 160 << 20);
                BulkLine line = new BulkLine(Connector.with(secret))) {
            Shuffles shuffles = new Shuffles(directories, Optional.of(client), 0, new Artifacts(root, line));

            shuffles.welcomed(Welcome.getDefaultInstance());
            assertThat(client.maxBytesInFlight()).isEqualTo(20 << 20);

            shuffles.welcomed(Welcome.newBuilder()
                    .putConfiguration("raddle.shuffle.in.flight", "3m")
                    .build());
            assertThat(client.maxBytesInFlight()).isEqualTo(3 << 20);
        }
    }
}
