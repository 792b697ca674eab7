package io.raddle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What crosses a process boundary is documented field by field, where it is declared. */
class ProtocolDocumentationTest {
    private static final Path SCHEMAS =
            Path.of("..", "proto", "src", "main", "protobuf").toAbsolutePath().normalize();
    private static final Pattern DECLARATION =
            Pattern.compile("(message|enum|service|rpc) \\w+.*|.*\\w+ = \\d+( \\[.*])?;.*");

    @Test
    void everyMessageFieldValueAndCallHasAComment() throws IOException {
        List<String> bare = new ArrayList<>();
        int declarations = 0;
        for (Path schema : schemas()) {
            String before = "";
            for (String line : Files.readAllLines(schema)) {
                if (DECLARATION.matcher(line.strip()).matches() && !line.strip().startsWith("//")) {
                    declarations++;
                    if (!before.startsWith("//")) {
                        bare.add(schema.getFileName() + ": " + line.strip());
                    }
                }
                before = line.strip();
            }
        }
        assertThat(declarations).isGreaterThan(300);
        assertThat(bare).isEmpty();
    }

    private static List<Path> schemas() throws IOException {
        try (Stream<Path> all = Files.walk(SCHEMAS)) {
            return all.filter(file -> file.toString().endsWith(".proto")).toList();
        }
    }
}
