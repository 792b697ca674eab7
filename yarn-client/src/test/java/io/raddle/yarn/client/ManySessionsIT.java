package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.Session;
import io.raddle.plan.SessionProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Sessions one after the other in one JVM, and one whose program changes while it is open. */
@ExtendWith(RealCluster.class)
@Timeout(3600)
@ResourceLock("SessionProvider")
@BusyCores
class ManySessionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Some for each build; more on a command: {@code -Draddle.many.sessions=100}. */
    private static final int SESSIONS = Integer.getInteger("raddle.many.sessions", 10);

    @TempDir
    Path directory;

    @BeforeEach
    void install(RealCluster.Address cluster) {
        SessionProvider.install(Optional.of(new ProgramSessions(cluster, search -> search)));
    }

    @AfterEach
    void uninstall() {
        SessionProvider.install(Optional.empty());
    }

    @Test
    void leaveNothingBehindHoweverManyThereWere(RealCluster.Address cluster) throws Exception {
        ClusterState state = ClusterState.of(cluster);
        String user = System.getProperty("user.name");
        // What is made once for all, as connections that Hadoop keeps, is made by the first.
        session(0);
        Map<String, Integer> threads = awaitThreads(Map.of());
        int files = openFiles();
        int all = Thread.getAllStackTraces().size();
        List<Path> temporary = temporary();

        for (int number = 1; number <= SESSIONS; number++) {
            session(number);
        }

        awaitThreads(threads);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            // Far below one for each session, above what the JVM and libraries have for themselves meanwhile.
            assertThat(openFiles()).isLessThan(files + Math.max(3, SESSIONS / 4));
            assertThat(Thread.getAllStackTraces()).hasSizeLessThan(all + Math.max(5, SESSIONS / 4));
            assertThat(temporary()).isEqualTo(temporary);
            assertThat(state.staged(user)).isEmpty();
            assertThat(state.alive(user)).isEmpty();
            assertThat(Processes.mentioning("io.raddle.executor.ExecutorMain", "many-"))
                    .isEmpty();
        });
    }

    @Test
    void shipsClassesThatWereCompiledAnewWhileTheSessionIsOpen() throws Exception {
        try (Session session = open("edited")) {
            assertThat(run(session, "number + 1")).containsExactly(2, 3, 4);
            assertThat(run(session, "number * 10")).containsExactly(10, 20, 30);
        }
    }

    private static Session open(String name) {
        return Session.builder()
                .name(name)
                .master("yarn")
                .config("raddle.executor.instances", "1")
                .config("raddle.executor.memory", "512m")
                .build();
    }

    private static void session(int number) {
        try (Session session = open("many-" + number)) {
            assertThat(session.parallelize(List.of(1, 2, 3), 2).count()).isEqualTo(3);
        }
    }

    /** Threads of this JVM by what they are, as soon as none of ours is beyond what was before. */
    private static Map<String, Integer> awaitThreads(Map<String, Integer> before) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        ManySessionsIT::threads,
                        now -> now.entrySet().stream()
                                .allMatch(kind ->
                                        before.isEmpty() || kind.getValue() <= before.getOrDefault(kind.getKey(), 0)));
    }

    private static Map<String, Integer> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("raddle-") || name.startsWith("driver") || name.contains("executor-"))
                .filter(name -> !name.startsWith("raddle-client"))
                .collect(Collectors.toMap(name -> name.replaceAll("\\d+", "N"), name -> 1, Integer::sum, TreeMap::new));
    }

    private static int openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        }
    }

    private static List<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("raddle-"))
                    .filter(file -> ours(file))
                    .sorted()
                    .toList();
        }
    }

    /** Others on this machine have theirs. */
    private static boolean ours(Path file) {
        return Files.exists(file.resolve("driver"));
    }

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
