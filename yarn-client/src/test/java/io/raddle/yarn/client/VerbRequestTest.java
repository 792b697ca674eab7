package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerbRequestTest {
    @Test
    void readsTheVerbAndItsApplication() {
        VerbRequest request = request("--kill application_1700000000000_0001 -v --master yarn");

        assertThat(request.verb()).isEqualTo(VerbRequest.Verb.KILL);
        assertThat(request.application()).hasToString("application_1700000000000_0001");
        assertThat(request("--list").named()).isEmpty();
    }

    @Test
    void heedsConfAndThePropertiesFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("p.properties"), "raddle.hadoop.one = file\nraddle.hadoop.two = file\n");

        VerbRequest request = request("--list --properties-file " + file + " --conf raddle.hadoop.two=conf");

        assertThat(request.configuration().hadoop())
                .containsEntry("one", "file")
                .containsEntry("two", "conf");
    }

    @ParameterizedTest
    @CsvSource({
        "--list --status application_1_0001, --list and --status do not go together.",
        "--list stray, --list does not know what to do with stray.",
        "--status application_1_0001 app.jar, --status does not know what to do with app.jar.",
        "--list --class org.example.Main, --class does not go with --list.",
        "--kill application_1_0001 --detach, --detach does not go with --kill.",
        "--logs nonsense, nonsense is no application id.",
        "--list --master local[2], '--list asks a cluster that runs, and --master local[2] names none.'",
        "--list --master embedded, '--list asks a cluster that runs, and --master embedded names none.'",
        "--list --conf raddle.quue=x, There is no configuration key raddle.quue. Did you mean raddle.queue?"
    })
    void refusesWhatHasNoMeaning(String line, String sentence) {
        assertThatThrownBy(() -> request(line))
                .isInstanceOf(RaddleException.class)
                .hasMessageStartingWith(sentence);
    }

    private static VerbRequest request(String line) {
        return VerbRequest.of(CommandLineReader.read(line.split(" ")), Map.of());
    }
}
