package io.raddle.yarn.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.proto.TailRequest;
import io.raddle.wire.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlLinkTest {
    @Test
    void waitsForNoMasterThatTakesTheConnectionAndSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ControlLink link = ControlLink.open(
                        silent.getInetAddress().getHostAddress(),
                        silent.getLocalPort(),
                        Secret.random(),
                        Duration.ofMillis(300))) {
            expectDeadline(link::watch);
            expectDeadline(() -> link.output(TailRequest.Stream.STDOUT));
        }
    }

    private static void expectDeadline(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    }
}
