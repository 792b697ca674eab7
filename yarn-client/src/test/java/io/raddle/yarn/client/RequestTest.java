package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.config.Keys;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @TempDir
    Path directory;

    private Path application = Path.of("");

    @BeforeEach
    void makeApplication() throws IOException {
        application = Files.createFile(directory.resolve("app.jar"));
    }

    @Test
    void readsSizesOfContainers() {
        Request request = request("--driver-memory", "768m", "--executor-memory", "2g", "--executor-cores", "3");

        assertThat(request.driver()).isEqualTo(new Request.Size(768, 1));
        assertThat(request.executor()).isEqualTo(new Request.Size(2048, 3));
    }

    @Test
    void letsOptionsPrevailOverConfAndConfOverThePropertiesFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("p.properties"),
                "raddle.queue = file\nraddle.executor.cores = 2\nraddle.driver.cores = 2\n");

        Request request = request(
                "--properties-file",
                file.toString(),
                "--conf",
                "raddle.executor.cores=3",
                "--conf",
                "raddle.driver.cores=3",
                "--driver-cores",
                "4");

        assertThat(request.configuration().get(Keys.QUEUE)).isEqualTo("file");
        assertThat(request.executor().cores()).isEqualTo(3);
        assertThat(request.driver().cores()).isEqualTo(4);
    }

    @Test
    void takesKeysAsItTakesTheirOptions() {
        Request request = request(
                "--conf",
                "raddle.driver.memory=640m",
                "--conf",
                "raddle.executor.instances=5",
                "--conf",
                "raddle.yarn.max.attempts=3");

        assertThat(request.driver()).isEqualTo(new Request.Size(640, 1));
        assertThat(request.configuration().get(Keys.EXECUTOR_INSTANCES)).isEqualTo(5);
        assertThat(request.maxAttempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "--executor-memory, lots, --executor-memory lots is not a size.",
        "--executor-memory, 1m, --executor-memory 1m is out of range.",
        "--executor-cores, 0, --executor-cores 0 is out of range.",
        "--num-executors, two, --num-executors two is not a whole number.",
        "--master, mesos, --master mesos cannot be used.",
        "--java-options, -Dgreeting=\"hello, --java-options has a \" that is not closed.",
        "--jars, none.jar, --jars none.jar does not exist.",
        "--files, none.csv#data, --files none.csv does not exist.",
        "--ship-jdk, none.zip, --ship-jdk none.zip does not exist.",
        "--conf, raddle.quue=x, There is no configuration key raddle.quue. Did you mean raddle.queue?"
    })
    void refusesWhatCannotBeWithTheOptionThatWasTyped(String option, String value, String sentence) {
        assertThatThrownBy(() -> request(option, value))
                .isInstanceOf(RaddleException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void refusesToDetachFromWhatEndsWithUs() {
        assertThatThrownBy(() -> request("--detach", "--master", "embedded"))
                .hasMessageStartingWith("--detach does not go with --master embedded: the cluster ends with this");
        assertThatThrownBy(() -> request("--detach", "--conf", "raddle.master=local[2]"))
                .hasMessageStartingWith("--detach does not go with --master local: the program runs in this process.");
        assertThat(request("--detach").detach()).isTrue();
    }

    @Test
    void splitsJavaOptionsAsAShellDoes() {
        assertThat(request("--java-options", "-Dgreeting='good day' -ea").javaOptions())
                .containsExactly("-Dgreeting=good day", "-ea");
    }

    @Test
    void knowsWhatOnlyAClusterHasAUseFor() throws IOException {
        Path file = Files.createFile(directory.resolve("data.csv"));

        assertThat(ClusterOnly.givenIn(request(
                        "--master", "local", "--name", "mine", "--driver-memory", "2g", "--files", file.toString())))
                .isEmpty();
        assertThat(ClusterOnly.givenIn(request(
                        "--ship-jdk",
                        file.toString(),
                        "--num-executors",
                        "3",
                        "--conf",
                        "raddle.port.range=40000-40100",
                        "--queue",
                        "q")))
                .containsExactly("--ship-jdk", "--queue", "--num-executors", "raddle.port.range");
    }

    @Test
    void refusesAnApplicationThatIsNotThere() {
        assertThatThrownBy(() -> Request.of(CommandLineReader.read("none.jar"), Map.of()))
                .hasMessageStartingWith("The application none.jar does not exist.");
        assertThatThrownBy(() -> Request.of(CommandLineReader.read("--detach"), Map.of()))
                .hasMessageStartingWith("No application was named.");
    }

    @Test
    void givesFilesTheirNamesAndRefusesOneNameTwice() throws IOException {
        Path one = Files.createFile(directory.resolve("one.csv"));
        Path two = Files.createFile(directory.resolve("two.csv"));

        assertThat(request("--files", one + "#data," + two).files())
                .containsExactly(new Shipment(one, "data"), new Shipment(two, "two.csv"));
        assertThatThrownBy(() -> request("--files", one + "#data," + two + "#data"))
                .hasMessageStartingWith("--files and --archives name data twice.");
        assertThatThrownBy(() -> request("--files", one + "#../data")).hasMessageContaining("no usable name");
    }

    @Test
    void refusesAFileAndAnArchiveOfOneName() throws IOException {
        Path data = Files.createFile(directory.resolve("data.zip"));

        assertThatThrownBy(() -> request("--files", data + "#data", "--archives", data + "#data"))
                .hasMessageStartingWith("--files and --archives name data twice. Give one of them another name");
        assertThat(request("--files", data + "#one", "--archives", data + "#two")
                        .archives())
                .containsExactly(new Shipment(data, "two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "jdk", "raddle.jsa", "application.pb", "jars", "endpoint", "launch_container.sh"})
    void refusesAFileNamedAsWhatLiesBesideIt(String name) throws IOException {
        Path file = Files.createFile(directory.resolve(name));

        assertThatThrownBy(() -> request("--files", file.toString()))
                .hasMessageStartingWith("The name " + name + " in --files or --archives is taken");
        assertThatThrownBy(() -> request("--archives", application + "#" + name))
                .hasMessageStartingWith("The name " + name + " in --files or --archives is taken");
    }

    @ParameterizedTest
    @CsvSource({"local, 1", "local[3], 3"})
    void readsLocalMasters(String text, int slots) {
        assertThat(Master.parse(text)).isEqualTo(new Master.Local(slots));
    }

    @Test
    void takesTheDefaultsOfTheClusterThatItGoesToAndOfNoOther() throws IOException {
        Files.writeString(directory.resolve("raddle.properties"), """
                raddle.queue = all
                raddle.executor.memory = 3g
                """);

        Request here = request(onCluster(), "--executor-memory", "2g");

        assertThat(here.configuration().get(Keys.QUEUE)).isEqualTo("all");
        assertThat(here.executor().memoryMib()).isEqualTo(2048);
        assertThat(request(onCluster(), "--master", "local[1]").configuration().isGiven(Keys.QUEUE))
                .isFalse();
        assertThat(YarnSessions.request("program", Map.of("raddle.queue", "own"), onCluster())
                        .configuration()
                        .asMap())
                .containsEntry("raddle.queue", "own")
                .containsEntry("raddle.executor.memory", "3g");
    }

    @ParameterizedTest
    @CsvSource({
        "raddle.executor.memory=lots, raddle.executor.memory",
        "raddle.qeue=all, There is no configuration key raddle.qeue. Did you mean raddle.queue?",
        "raddle.master=local, 'sets raddle.master, but it is read only where the master is this cluster.'"
    })
    void namesTheFileWhoseDefaultsAreWrong(String line, String sentence) throws IOException {
        Path file = Files.writeString(directory.resolve("raddle.properties"), line);

        assertThatThrownBy(() -> request(onCluster()))
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(sentence);
    }

    private Map<String, String> onCluster() {
        return Map.of("HADOOP_CONF_DIR", directory.toString());
    }

    private Request request(String... options) {
        return request(Map.of(), options);
    }

    private Request request(Map<String, String> environment, String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        words.add(application.toString());
        return Request.of(CommandLineReader.read(words.toArray(String[]::new)), environment);
    }
}
