package io.raddle.yarn.client.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
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
        String classPath = String.join(
                File.pathSeparator,
                mine.toString(),
                engine.toString(),
                directory.resolve("none.jar").toString());

        assertThat(UserClasses.of(classPath, Set.of(engine), directory.resolve("work")))
                .containsExactly(mine);
    }

    @Test
    void packsTheSameClassesToTheSameBytes() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes/a/b"));
        Files.writeString(classes.resolve("Two.class"), "2");
        Files.writeString(classes.resolve("One.class"), "1");
        List<Path> first = UserClasses.of(directory.resolve("classes").toString(), Set.of(), directory.resolve("w1"));
        Files.setLastModifiedTime(classes.resolve("One.class"), FileTime.fromMillis(0));
        List<Path> second = UserClasses.of(directory.resolve("classes").toString(), Set.of(), directory.resolve("w2"));

        assertThat(first).hasSize(1);
        assertThat(second.get(0)).hasSameBinaryContentAs(first.get(0));
        try (JarFile jar = new JarFile(first.get(0).toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName())).containsExactly("a/b/One.class", "a/b/Two.class");
        }
    }
}
