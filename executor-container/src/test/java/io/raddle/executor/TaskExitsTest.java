package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.function.Function;
import io.raddle.id.ExecutorId;
import io.raddle.loader.Jars;
import io.raddle.loader.UserClassLoader;
import io.raddle.proto.StagePlan;
import io.raddle.proto.TaskReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskExitsTest {
    private static final String PROGRAM = """
            import io.raddle.function.Function;

            public class Program {
                public static Function<Object, Object> plain() {
                    return record -> { System.exit(3); return record; };
                }

                public static Function<Object, Object> swallowed() {
                    return record -> { try { System.exit(3); } catch (Throwable t) { } return record; };
                }

                public static Function<Object, Object> ownThread() {
                    return record -> {
                        Thread thread = new Thread(() -> System.exit(3));
                        thread.setUncaughtExceptionHandler((t, e) -> {});
                        thread.start();
                        try { thread.join(); } catch (InterruptedException e) { }
                        return record;
                    };
                }

                public static Function<Object, Object> harmless() {
                    return record -> "seen " + record;
                }
            }
            """;

    @TempDir
    Path directory;

    private final TestEndpoint endpoint = new TestEndpoint();
    private Executor executor;
    private final Queue<Integer> exitsOfTheHost = new ConcurrentLinkedQueue<>();
    private UserClassLoader program;
    private Path jar;

    @BeforeEach
    void start() {
        jar = new Jars(directory).source("Program", PROGRAM).jar("program.jar");
        program = new UserClassLoader(List.of(jar), getClass().getClassLoader(), exitsOfTheHost::add);
        executor = Executor.start(
                new ExecutorIdentity(new ExecutorId(4), 7, "container_4", "host", 45454, "/rack", 1),
                EndpointLocator.fixed(endpoint.endpoint),
                endpoint.secret,
                new Workplace(directory, program, 1 << 30, 64 << 20, List.of(directory.resolve("disk"))),
                Optional.empty(),
                (code, why) -> {});
        await().until(() -> endpoint.attaches() == 1);
    }

    @AfterEach
    void stop() throws IOException {
        executor.close();
        program.close();
        endpoint.close();
    }

    @SuppressWarnings("unchecked")
    private StagePlan plan(String function) throws Exception {
        return TestPlans.mapped((Function<Object, Object>)
                program.loadClass("Program").getMethod(function).invoke(null));
    }

    private StagePlan withJar(StagePlan plan) throws IOException {
        return plan.toBuilder()
                .addJars(endpoint.publish("program.jar", content(), content()))
                .build();
    }

    private TaskReport run(StagePlan plan, int partition) {
        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, partition, List.of(5))));
        await().until(() -> endpoint.report(TestPlans.attempt(partition)).isPresent());
        return endpoint.report(TestPlans.attempt(partition)).orElseThrow();
    }

    private byte[] content() throws IOException {
        return Files.readAllBytes(jar);
    }

    private static @Nullable Object value(TaskReport report) {
        return TestPlans.FORMAT.fromBytes(report.getResult().getInline().toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "swallowed", "ownThread"})
    void anExitEndsItsTaskAsUserExitHoweverItIsCalled(String function) throws Exception {
        assertThat(run(withJar(plan(function)), 0).getCause().getHappened())
                .isEqualTo("User code called System.exit(3).");
        assertThat(value(run(withJar(plan("harmless")), 1))).isEqualTo(List.of("seen 5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "swallowed", "ownThread"})
    void anExitEndsOnlyItsTaskWhereTheProgramRunsInTheSameProcess(String function) throws Exception {
        assertThat(run(plan(function), 0).getCause().getHappened()).isEqualTo("User code called System.exit(3).");
        assertThat(value(run(plan("harmless"), 1))).isEqualTo(List.of("seen 5"));
        assertThat(exitsOfTheHost).isEmpty();
    }
}
