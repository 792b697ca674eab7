package io.raddle.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.function.VoidFunction;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitTest {
    private static final String PROGRAM = """
            import io.raddle.function.VoidFunction;
            import java.util.concurrent.Callable;
            import java.util.concurrent.CompletableFuture;
            import java.util.function.IntConsumer;
            import java.util.stream.IntStream;

            public class Program {
                static void systemExit() { System.exit(3); }
                static void runtimeExit() { Runtime.getRuntime().exit(4); }
                static void runtimeHalt() { long before = 1; Runtime.getRuntime().halt((int) before + 4); }
                static void lambda() { IntConsumer c = code -> System.exit(code); c.accept(6); }
                static void methodReference() { IntConsumer c = System::exit; c.accept(7); }
                static void boundReference() { IntConsumer c = Runtime.getRuntime()::halt; c.accept(8); }
                static void calledByTheJdk() { IntStream.of(9).forEach(System::exit); }
                static void ownThread() throws Exception {
                    Thread thread = new Thread(() -> System.exit(10));
                    thread.setUncaughtExceptionHandler((t, e) -> {});
                    thread.start();
                    thread.join();
                }
                static void pool() { CompletableFuture.completedFuture(11).thenAcceptAsync(System::exit).exceptionally(e -> null).join(); }
                static void swallowed() { try { System.exit(12); } catch (Throwable t) { } }
                static void finallyReturns() { while (true) { try { System.exit(13); } finally { break; } } }
                static class Nested { static { System.exit(14); } }
                static void initializer() { try { new Nested(); } catch (ExceptionInInitializerError | UnsatisfiedLinkError e) { } }

                public static VoidFunction<Integer> function() { return System::exit; }
            }
            """;

    @TempDir
    Path directory;

    private final LinkedBlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    private UserClassLoader loader;

    @BeforeEach
    void compileTheProgram() {
        Path jar = new Jars(directory).source("Program", PROGRAM).jar("program.jar");
        loader = new UserClassLoader(List.of(jar), getClass().getClassLoader(), exits::add);
    }

    @AfterEach
    void closeTheLoader() throws IOException {
        loader.close();
    }

    private void call(String method) throws Exception {
        var called = loader.loadClass("Program").getDeclaredMethod(method);
        called.setAccessible(true);
        try {
            called.invoke(null);
        } catch (InvocationTargetException e) {
            assertThat(e).hasCauseInstanceOf(UserExitError.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "systemExit, 3",
        "runtimeExit, 4",
        "runtimeHalt, 5",
        "lambda, 6",
        "methodReference, 7",
        "boundReference, 8",
        "calledByTheJdk, 9",
        "ownThread, 10",
        "pool, 11",
        "swallowed, 12",
        "finallyReturns, 13",
        "initializer, 14"
    })
    void tellsTheHostOfEveryWayToExit(String method, int code) throws Exception {
        call(method);
        assertThat(exits.poll(30, TimeUnit.SECONDS)).isEqualTo(code);
        assertThat(exits).isEmpty();
    }

    @Test
    void tellsTheOneWhomItConcernsInsteadOfTheHost() throws Exception {
        LinkedBlockingQueue<Integer> ofTheTask = new LinkedBlockingQueue<>();
        loader.call(
                () -> {
                    call("swallowed");
                    call("ownThread");
                    return true;
                },
                ofTheTask::add);
        call("swallowed");
        assertThat(ofTheTask).containsExactly(12, 10);
        assertThat(exits).containsExactly(12);
    }

    @Test
    void endsTheThreadWithTheCode() throws Exception {
        var systemExit = loader.loadClass("Program").getDeclaredMethod("systemExit");
        systemExit.setAccessible(true);
        assertThatThrownBy(() -> systemExit.invoke(null))
                .cause()
                .isInstanceOfSatisfying(
                        UserExitError.class, e -> assertThat(e.code()).isEqualTo(3))
                .hasMessage("System.exit(3)");
    }

    @Test
    @SuppressWarnings("unchecked")
    void carriesAReferenceToExitAsAFunction() throws Exception {
        Object function = loader.loadClass("Program").getMethod("function").invoke(null);
        byte[] frozen = ClosureCodec.freeze(function, new CallSite("foreach", "Program.java:1"));
        VoidFunction<Integer> thawed = ClosureCodec.thaw(frozen, VoidFunction.class, loader);
        assertThatThrownBy(() -> thawed.call(15)).isInstanceOf(UserExitError.class);
        assertThat(exits).containsExactly(15);
    }

    @Test
    void leavesClassesAloneThatDoNotExit() {
        Jars jars = new Jars(directory)
                .source("Plain", "class Plain { void leave() { System.out.println(1); } }")
                .source("Named", "class Named { static void exit(int code) { exit(code); } void halt() {} }");
        for (String name : List.of("Plain.class", "Named.class")) {
            byte[] bytes = jars.bytesOf(name);
            assertThat(ExitRewriter.rewrite(bytes)).isSameAs(bytes);
        }
    }

    @Test
    void leavesItToTheJvmToRefuseAClassOfANewerJava() throws Exception {
        byte[] newer = new Jars(directory)
                .source("Newer", "public class Newer { void leave() { System.exit(1); } }")
                .bytesOf("Newer.class");
        newer[7] = (byte) (44 + Runtime.version().feature() + 1);
        Path jar = new Jars(directory).with("Newer.class", newer).jar("newer.jar");
        try (UserClassLoader refusing =
                new UserClassLoader(List.of(jar), getClass().getClassLoader(), exits::add)) {
            assertThatThrownBy(() -> refusing.loadClass("Newer")).isInstanceOf(UnsupportedClassVersionError.class);
        }
    }
}
