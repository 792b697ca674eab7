import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The benchmark behind {@code scripts/bench/bench}: the same work on all engines, in turns, on one cluster. */
final class Bench {
    private static final long WARM_UP_PAUSE_MS = 10_000;

    private final Path home;
    private final Path work;
    private final Options options;
    private final Results results = new Results();

    private Bench(Path home, Path work, Options options) {
        this.home = home;
        this.work = work;
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("bench.home"));
        String named = System.getenv("RADDLE_BENCH_DIR");
        Path work = named == null ? Path.of(System.getProperty("user.home"), ".raddle", "bench") : Path.of(named);
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        try {
            Options options = Options.parse(List.of(arguments));
            boolean passed = new Bench(home, work.toAbsolutePath(), options).run(String.join(" ", arguments));
            System.exit(passed ? 0 : 1);
        } catch (BenchException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Whether no row failed. */
    private boolean run(String commandLine) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(work.resolve("logs"));
        Path runLogs = Files.createTempDirectory(logs, "run-");
        // A quick run shows that all works; its figures are not worth keeping.
        Path directory = (options.quick() ? work : home).resolve("results");
        Report report = new Report(options, commandLine, home);
        String page = "";
        try (LocalCluster cluster = new LocalCluster(
                home.resolveSibling("local-cluster"), work.resolve("cluster"), options.hadoopVersion())) {
            Works catalogue = new Works(work, cluster.hdfs(), options.quick());
            List<Work> works = options.choose(options.scale() ? catalogue.scale() : catalogue.all());
            for (Work each : works) {
                for (Input input : each.inputs()) {
                    input.prepare(cluster.hdfs());
                }
            }
            List<Engine> engines = engines(cluster);
            Runner runner = new Runner(cluster, runLogs);
            warmUp(engines, runner);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Work each : works) {
                    measure(each, engines, runner);
                }
                // After each round, so that a run that is cut short keeps the rounds that it had.
                page = report.write(works, results, round, directory);
            }
        }
        System.out.print(page);
        return results.failures().isEmpty();
    }

    private List<Engine> engines(LocalCluster cluster) throws IOException {
        Path submit = home.resolveSibling("yarn-submit");
        Path programs = home.resolve("raddle");
        List<Engine> engines = new ArrayList<>();
        for (String name : options.engines()) {
            engines.add(
                    switch (name) {
                        case "thread" -> new PlainThread(
                                home.resolve("plain"),
                                home.resolve("target").resolve("plain"),
                                cluster.hadoopLibraries(),
                                cluster.conf());
                        case "spark" -> new Spark(home.resolve("spark").resolve("target"), cluster, work);
                        case "raddle1" -> new Raddle(submit, programs, cluster.conf(), Engine.Kind.ONE_CORE);
                        default -> new Raddle(submit, programs, cluster.conf(), Engine.Kind.CLUSTER);
                    });
        }
        return engines;
    }

    /** Twice, and a pause: what is cached is cached from here on, also what an engine makes after its first run. */
    private static void warmUp(List<Engine> engines, Runner runner) throws IOException, InterruptedException {
        for (int time = 0; time < 2; time++) {
            for (Engine engine : engines) {
                if (engine.kind() != Engine.Kind.ONE_THREAD) {
                    Sample sample = runner.run(engine, "Trivial", List.of());
                    say(engine, "warm-up, not counted", sample);
                }
            }
        }
        Thread.sleep(WARM_UP_PAUSE_MS);
    }

    private void measure(Work work, List<Engine> engines, Runner runner) throws IOException, InterruptedException {
        for (Engine engine : engines) {
            if (!work.concerns(engine.kind()) || results.failed(engine.name(), work)) {
                continue;
            }
            try {
                Sample sample = work.run(engine, runner);
                say(engine, work.name(), sample);
                results.add(engine, work, sample);
            } catch (BenchException e) {
                results.fail(engine, work, e.getMessage());
                System.err.println(engine.name() + ": " + e.getMessage());
            }
        }
    }

    private static void say(Engine engine, String work, Sample sample) {
        System.err.printf(
                Locale.ROOT,
                "%-18s %-10s wall %.1f s, CPU %.1f s, peak %.0f MiB, third run %.2f s%n",
                engine.name(),
                work,
                sample.figure("wall"),
                sample.figure("cpu"),
                sample.figure("peak"),
                sample.figure("third"));
    }
}
