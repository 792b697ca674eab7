package io.raddle.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.config.ConfigKey;
import io.raddle.config.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that no test names is a promise that nobody checks. */
class KeysAreTestedTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void everyKeyIsNamedInSomeTest() throws IOException {
        List<String> tests = sourcesOfTests();

        assertThat(keys().filter(key -> tests.stream().noneMatch(key::isNamedIn)))
                .as("keys that no test names")
                .isEmpty();
    }

    private record Key(String constant, String name) {
        boolean isNamedIn(String source) {
            return Pattern.compile("Keys\\." + constant + "\\b|\\b" + Pattern.quote(name) + "\\b(?!\\.)")
                    .matcher(source)
                    .find();
        }
    }

    private static Stream<Key> keys() {
        return Arrays.stream(Keys.class.getFields())
                .filter(field -> field.getType().equals(ConfigKey.class))
                .map(field -> new Key(field.getName(), key(field).name()));
    }

    private static ConfigKey<?> key(Field field) {
        try {
            return (ConfigKey<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> sourcesOfTests() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/test/java/"))
                    .map(KeysAreTestedTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
