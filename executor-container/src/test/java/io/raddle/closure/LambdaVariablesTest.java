package io.raddle.closure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.loader.Jars;
import io.raddle.loader.UserClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaVariablesTest {
    private static final String PROGRAM = """
            import io.raddle.function.Function;

            public class Program {
                public static Function<Integer, Integer> function() {
                    long wide = System.nanoTime();
                    Object lock = new Object();
                    return x -> x + (int) wide + lock.hashCode();
                }
            }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"-g, lock", "-g:none, captured value 2"})
    void namesAVariableOfAnApplicationAsWellAsItsDebugInformationAllows(String debug, String name) throws Exception {
        Path jar = new Jars(directory)
                .source("Program", PROGRAM, debug, "-classpath", System.getProperty("java.class.path"))
                .jar("program.jar");
        try (UserClassLoader loader =
                new UserClassLoader(List.of(jar), getClass().getClassLoader(), code -> {})) {
            Object function = loader.loadClass("Program").getMethod("function").invoke(null);
            assertThatThrownBy(() -> ClosureCodec.freeze(function, new CallSite("map", "Program.java:7")))
                    .hasMessageStartingWith("java.lang.Object cannot be serialized (at " + name
                            + ", captured by map at Program.java:7).");
        }
    }
}
