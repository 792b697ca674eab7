package io.raddle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationTableTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String INTRODUCTION = """
            # Configuration

            Each key can be set with `--conf key=value`, in the file of `--properties-file`, in code
            (`Session.builder().config(key, value)`), or for all who use a cluster in the file `raddle.properties` of its
            `HADOOP_CONF_DIR`; the first of these that names it wins. An unknown key or a value out
            of range ends the start at once with a sentence that says what would do. Keys that begin with `raddle.hadoop.`
            set the entry of the Hadoop configuration that the rest of their name says.

            A program that was submitted runs when its driver and executors exist already. There, code can set
            `raddle.default.parallelism`, `raddle.task.max.attempts`, `raddle.text.split.min`, `raddle.text.split.max` and
            `raddle.result.max` where neither the submit nor `raddle.properties` did; a warning names other keys that it sets.

            With the engine in one place for all, nobody uploads their own, and each node keeps one: the administrator submits
            any program once, and sets `raddle.cache.dir` to that user's cache and `raddle.cache.trusted.owner` to the user in
            `raddle.properties`. What is not there (another version of the engine, a JDK that travels) goes to each user's own cache.

            | key | default | value | what it does |
            |---|---|---|---|
            """;

    private static String table() {
        return Keys.ALL.stream()
                .map(key -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                key.name(),
                                key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
                                key.expected(),
                                key.doc()))
                .collect(Collectors.joining("", INTRODUCTION, ""));
    }

    @Test
    void isThePageOfTheDocumentation() throws IOException {
        if (Boolean.getBoolean("raddle.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, table());
        }
        assertThat(PAGE)
                .as("write it anew with: ./mvnw -pl executor-container -am test"
                        + " -Dtest=ConfigurationTableTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Draddle.docs.write=true")
                .content()
                .isEqualTo(table());
    }

    @Test
    void listsEveryKeyOnceAndKeepsThemFew() {
        long declared = Arrays.stream(Keys.class.getDeclaredFields())
                .map(Field::getType)
                .filter(ConfigKey.class::equals)
                .count();
        assertThat(Keys.ALL).hasSize((int) declared).hasSizeLessThanOrEqualTo(40);
        assertThat(Keys.BY_NAME).hasSameSizeAs(Keys.ALL);
    }

    @Test
    void documentsEveryKeyWithOneSentenceAndAValidDefault() {
        assertThat(Keys.ALL).allSatisfy(key -> {
            assertThat(key.name()).matches("raddle(\\.[a-z]+)+");
            assertThat(key.doc()).matches("[A-Z].*\\.").doesNotContain("\n", "|");
            assertThat(key.read(key.defaultText())).isNotNull();
        });
    }
}
