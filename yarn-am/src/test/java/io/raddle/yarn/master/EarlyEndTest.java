package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.wire.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyEndTest {
    private static final RaddleException NO_PORT =
            new RaddleException(new Cause.LimitExceeded("No port from 40000 to 40001 is free.", "raddle.port.range"));

    @TempDir
    private Path directory;

    private final FakeResourceManager manager = new FakeResourceManager();

    @Test
    void tellsYarnWhyAndLeavesNothingBehind() throws Exception {
        Files.writeString(directory.resolve("application.pb"), "spec");

        Ending ending = end(1, 1).tell(NO_PORT);

        assertThat(ending.state()).isEqualTo(State.FAILED);
        assertThat(manager.registrations()).containsExactly("here:-1");
        assertThat(manager.finished())
                .singleElement()
                .asString()
                .startsWith("FAILED No port from 40000 to 40001 is free.")
                .contains("raddle.port.range")
                .endsWith("[exit code 1]");
        assertThat(directory).doesNotExist();
    }

    @Test
    void namesADefectOfOurOwn() throws Exception {
        end(2, 2).tell(new IllegalStateException("impossible"));

        assertThat(manager.finished())
                .singleElement()
                .asString()
                .startsWith("FAILED Raddle met a defect of its own: the application master cannot start:")
                .contains("impossible");
    }

    @Test
    void leavesTheLastWordToTheNextAttempt() throws Exception {
        Ending ending = end(1, 2).tell(NO_PORT);

        assertThat(ending.exitCode()).isOne();
        assertThat(manager.registrations()).isEmpty();
        assertThat(directory).exists();
    }

    @Test
    void refusesASpecOfAnotherProtocol() {
        ApplicationSpec other = ApplicationSpec.newBuilder()
                .setProtocolVersion(Protocol.VERSION + 1)
                .build();

        RaddleException refusal =
                catchThrowableOfType(RaddleException.class, () -> ApplicationMasterMain.checkProtocol(other));

        assertThat(refusal.fault().happened())
                .isEqualTo("yarn-submit speaks protocol " + (Protocol.VERSION + 1)
                        + " and the engine in the cluster speaks " + Protocol.VERSION + ".");
        assertThatCode(() -> ApplicationMasterMain.checkProtocol(
                        other.toBuilder().setProtocolVersion(Protocol.VERSION).build()))
                .doesNotThrowAnyException();
    }

    private EarlyEnd end(int attempt, int maxAttempts) {
        Staging staging = new Staging(directory.toUri().toString(), Configuration::new);
        return new EarlyEnd(new MasterContainer(1, 1, attempt, "here"), maxAttempts, () -> manager, staging::remove);
    }
}
