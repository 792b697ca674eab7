package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.yarn.client.console.Console;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkDirectoryTest {
    private static final Console CONSOLE = Console.ofProcess(Set.of());
    /** No process has it: numbers end far below. */
    private static final String OF_NOBODY = "owner-4999999";

    @Test
    void removesWhatAKilledProcessLeftAndNothingThatIsInUse() throws Exception {
        Path left = Files.createTempDirectory("raddle-");
        Files.createFile(left.resolve(OF_NOBODY));
        Files.writeString(Files.createDirectories(left.resolve("driver")).resolve("artifact"), "of old");
        Path unmarked = Files.createTempDirectory("raddle-");
        Path locked = Files.createTempDirectory("raddle-");
        try (FileChannel mark =
                FileChannel.open(locked.resolve(OF_NOBODY), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            mark.lock();
            try (WorkDirectory before = WorkDirectory.create(CONSOLE);
                    WorkDirectory after = WorkDirectory.create(CONSOLE)) {
                assertThat(left).doesNotExist();
                assertThat(unmarked).exists();
                assertThat(locked).exists();
                assertThat(before.path()).exists();
                assertThat(after.path()).exists();
            }
        }
        Files.delete(unmarked);
        Files.delete(locked.resolve(OF_NOBODY));
        Files.delete(locked);
    }
}
