package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AddJarTest {
    @TempDir
    Path directory;

    @Test
    void shipsTheClassesOfADirectoryAndOnceMoreWhenTheyHaveChanged() throws Exception {
        try (Session session = Session.builder().master("local[2]").build()) {
            assertThat(run(session, "number + 1")).containsExactly(2, 3, 4);
            assertThat(run(session, "number * 10")).containsExactly(10, 20, 30);
        }
    }

    @Test
    void saysThatThereIsNoSuchJar() {
        try (Session session = Session.builder().master("local[1]").build()) {
            assertThatThrownBy(
                            () -> session.addJar(directory.resolve("none.jar").toString()))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageContaining("none.jar cannot be read");
        }
    }

    /** Compiles a program with this expression in a lambda, and runs it. */
    private List<Integer> run(Session session, String expression) throws Exception {
        Path source = Files.writeString(directory.resolve("Edited.java"), """
                import io.raddle.Session;
                import java.util.List;
                import java.util.function.Function;

                public class Edited implements Function<Session, List<Integer>> {
                    @Override
                    public List<Integer> apply(Session session) {
                        return session.parallelize(List.of(1, 2, 3), 2).map(number -> %s).collect();
                    }
                }
                """.formatted(expression));
        Path classes = directory.resolve("classes");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString(),
                                source.toString()))
                .isZero();
        session.addJar(classes.toString());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Object program = loader.loadClass("Edited").getDeclaredConstructor().newInstance();
            @SuppressWarnings("unchecked")
            Function<Session, List<Integer>> function = (Function<Session, List<Integer>>) program;
            return function.apply(session);
        }
    }
}
