package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.yarn.client.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ShippedHereTest {
    @TempDir
    Path directory;

    private final Console console = new Console(System.out, System.err, Set.of());
    private Path here = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void makeFiles() throws IOException {
        here = Files.createDirectory(directory.resolve("here"));
        data = Files.writeString(directory.resolve("data.csv"), "data");
    }

    private ShippedHere link(List<Shipment> files, List<Shipment> archives) throws IOException {
        return ShippedHere.link(files, archives, directory.resolve("work"), here, console);
    }

    @Test
    void takesBackTheLinksThatItMadeAndNoFile() throws IOException {
        Path own = Files.writeString(here.resolve("own.csv"), "own");

        try (ShippedHere shipped =
                link(List.of(new Shipment(data, "lookup"), new Shipment(own, "own.csv")), List.of())) {
            assertThat(here.resolve("lookup")).hasContent("data");
        }

        assertThat(here).isDirectoryNotContaining("glob:**lookup");
        assertThat(own).hasContent("own");
        assertThat(data).hasContent("data");
    }

    @Test
    void hidesNoOtherFileOfTheWorkingDirectory() throws IOException {
        Path other = Files.writeString(here.resolve("taken"), "other");

        assertThatThrownBy(() -> link(List.of(new Shipment(data, "lookup"), new Shipment(data, "taken")), List.of()))
                .hasMessage("The working directory has another taken already. Give the file that is shipped another "
                        + "name: file#name.");

        assertThat(other).hasContent("other");
        assertThat(here).isDirectoryNotContaining("glob:**lookup");
    }

    @Test
    void refusesAnArchiveOfAnUnknownKind() {
        assertThatThrownBy(() -> link(List.of(), List.of(new Shipment(data, "words"))))
                .hasMessageContaining("data.csv is no archive by its name. Name a .zip, ");
    }
}
