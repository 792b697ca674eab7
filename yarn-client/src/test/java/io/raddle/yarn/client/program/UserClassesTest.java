package io.raddle.yarn.client.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserClassesTest {
    @TempDir
    Path directory;

    @Test
    void takesJarsAsTheyAreAndLeavesTheEngineOut() throws Exception {
        Path mine = Files.createFile(directory.resolve("mine.jar"));
        Path engine = Files.createFile(directory.resolve("engine.jar"));
        Path below = Files.createFile(
                Files.createDirectories(directory.resolve("hadoop")).resolve("common.jar"));
        ClassPlaces places = new ClassPlaces(List.of(mine, engine, below));

        assertThat(UserClasses.of(places, Set.of(engine, directory.resolve("hadoop")), directory.resolve("work")))
                .containsExactly(mine);
    }

    @Test
    void packsTheSameClassesToTheSameBytes() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes/a/b"));
        Files.writeString(classes.resolve("Two.class"), "2");
        Files.writeString(classes.resolve("One.class"), "1");
        ClassPlaces places = new ClassPlaces(List.of(directory.resolve("classes")));
        List<Path> first = UserClasses.of(places, Set.of(), directory.resolve("w1"));
        Files.setLastModifiedTime(classes.resolve("One.class"), FileTime.fromMillis(0));
        List<Path> second = UserClasses.of(places, Set.of(), directory.resolve("w2"));

        assertThat(first).hasSize(1);
        assertThat(second.get(0)).hasSameBinaryContentAs(first.get(0));
        try (JarFile jar = new JarFile(first.get(0).toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName())).containsExactly("a/b/One.class", "a/b/Two.class");
        }
    }
}
