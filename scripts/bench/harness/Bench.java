import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The benchmark behind {@code scripts/bench/bench}: the same work on both engines, in turns, on one cluster. */
final class Bench {
    private static final String USAGE = """
        Usage: bench [--quick] [--only WORK,...] [--rounds N] [--engines spark,raddle] [--hadoop-version V]
          --quick             one round of small inputs, to see that all works
          --only WORK,...     of trivial, wordcount, noop, idle
          --rounds N          (default 5)
          --engines E,...     (default both)
          --hadoop-version V  of the cluster (default 3.5.0)
        Results go to scripts/bench/results; inputs and logs to ${RADDLE_BENCH_DIR:-~/.raddle/bench}.\
        """;

    private static final long WARM_UP_PAUSE_MS = 10_000;

    private final Path home;
    private final Path work;
    private final Path raddleSubmit;
    private Set<Work> works = EnumSet.allOf(Work.class);
    private int rounds = 5;
    private boolean quick;
    private List<String> engineNames = List.of("spark", "raddle");
    private String hadoopVersion = "3.5.0";
    private final Map<String, Map<Work, List<Sample>>> samples = Map.of(
            "Spark", new EnumMap<>(Work.class),
            "Raddle", new EnumMap<>(Work.class));
    private final List<String> failures = new ArrayList<>();

    private Bench(Path home, Path work) {
        this.home = home;
        this.work = work;
        this.raddleSubmit = home.resolveSibling("yarn-submit");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("bench.home"));
        String named = System.getenv("RADDLE_BENCH_DIR");
        Path work = named == null ? Path.of(System.getProperty("user.home"), ".raddle", "bench") : Path.of(named);
        if (List.of(arguments).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        try {
            Bench bench = new Bench(home, work.toAbsolutePath());
            bench.parse(List.of(arguments));
            System.exit(bench.run(String.join(" ", arguments)));
        } catch (BenchException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private void parse(List<String> arguments) {
        for (int index = 0; index < arguments.size(); index++) {
            String option = arguments.get(index);
            if (option.equals("--quick")) {
                quick = true;
                rounds = 1;
                continue;
            }
            if (index + 1 == arguments.size()) {
                throw new BenchException("Cannot make sense of " + option + ".\n" + USAGE);
            }
            accept(option, arguments.get(++index));
        }
    }

    private void accept(String option, String value) {
        try {
            switch (option) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--engines" -> engineNames = List.of(value.split(","));
                case "--hadoop-version" -> hadoopVersion = value;
                case "--only" -> {
                    works = EnumSet.noneOf(Work.class);
                    for (String name : value.split(",")) {
                        works.add(Work.valueOf(name.toUpperCase(Locale.ROOT)));
                    }
                }
                default -> throw new BenchException("Cannot make sense of " + option + ".\n" + USAGE);
            }
        } catch (IllegalArgumentException e) {
            throw new BenchException("Cannot make sense of " + option + " " + value + ".\n" + USAGE);
        }
    }

    private int run(String commandLine) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(work.resolve("logs"));
        Path runLogs = Files.createTempDirectory(logs, "run-");
        Path text = work.resolve(quick ? "text-64m.txt" : "text-1g.txt");
        if (works.contains(Work.WORDCOUNT)) {
            System.err.println("The text is " + text + ", made once.");
            ZipfText.write(text, quick ? 64L << 20 : 1L << 30);
        }
        try (LocalCluster cluster =
                new LocalCluster(home.resolveSibling("local-cluster"), work.resolve("cluster"), hadoopVersion)) {
            Hdfs hdfs = cluster.hdfs();
            if (works.contains(Work.WORDCOUNT)) {
                hdfs.put(text, "/bench/" + text.getFileName());
            }
            Work.Setup setup = new Work.Setup(hdfs, text, quick ? 2_000 : 20_000);
            List<Engine> engines = engines(cluster);
            Runner runner = new Runner(cluster, runLogs);
            warmUp(engines, runner, setup);
            for (int round = 1; round <= rounds; round++) {
                for (Work each : works) {
                    for (Engine engine : engines) {
                        measure(each, engine, runner, setup, true);
                    }
                }
            }
        }
        publish(commandLine);
        return failures.isEmpty() ? 0 : 1;
    }

    /** Twice, and a pause: what is cached is cached from here on, also what an engine makes after its first run. */
    private void warmUp(List<Engine> engines, Runner runner, Work.Setup setup)
            throws IOException, InterruptedException {
        for (int time = 0; time < 2; time++) {
            for (Engine engine : engines) {
                measure(Work.TRIVIAL, engine, runner, setup, false);
            }
        }
        Thread.sleep(WARM_UP_PAUSE_MS);
    }

    private List<Engine> engines(LocalCluster cluster) throws IOException {
        List<Engine> engines = new ArrayList<>();
        if (engineNames.contains("spark")) {
            engines.add(new Spark(home.resolve("spark").resolve("target"), cluster, work));
        }
        if (engineNames.contains("raddle")) {
            if (Files.isExecutable(raddleSubmit)) {
                engines.add(new Raddle(raddleSubmit, home.resolve("raddle"), cluster.conf()));
            } else {
                System.err.println("There is no " + raddleSubmit + ": Spark runs alone.");
            }
        }
        return engines;
    }

    private void measure(Work each, Engine engine, Runner runner, Work.Setup setup, boolean counts)
            throws IOException, InterruptedException {
        try {
            Sample sample = each.run(engine, runner, setup);
            System.err.printf(
                    Locale.ROOT,
                    "%-7s %-10s wall %.1f s, CPU %.1f s, peak %.0f MiB %s%s%n",
                    engine.name(),
                    each,
                    sample.wallSeconds(),
                    sample.cpuSeconds(),
                    sample.peakResidentMib(),
                    sample.figures(),
                    counts ? "" : " (warm-up, not counted)");
            if (counts) {
                samples.get(engine.name())
                        .computeIfAbsent(each, key -> new ArrayList<>())
                        .add(sample);
            }
        } catch (BenchException e) {
            failures.add(engine.name() + ", " + each.summary());
            System.err.println(engine.name() + ": " + e.getMessage());
        }
    }

    private void publish(String commandLine) throws IOException {
        Report report = new Report(samples.get("Spark"), samples.get("Raddle"));
        String name = LocalDate.now() + "-hadoop-" + hadoopVersion;
        // A quick run shows that all works; its figures are not worth keeping.
        Path results = Files.createDirectories((quick ? work : home).resolve("results"));
        StringBuilder page = new StringBuilder("# Raddle and Spark on one cluster, " + LocalDate.now() + "\n\n");
        page.append("Command: `scripts/bench/bench ").append(commandLine).append("`. ");
        page.append(Machine.describe()).append(" Hadoop ").append(hadoopVersion);
        page.append(" as separate processes, 2 NodeManagers; Spark 3.5.6; Raddle ");
        page.append(Machine.revision(home)).append(".\n\n");
        page.append(Machine.load()).append(' ');
        page.append("Medians of ").append(rounds).append(" interleaved rounds (in parentheses the range). ");
        page.append("Cluster mode; application master 1 GiB, two executors of one core in containers of 2 GiB.");
        page.append(" How it is measured: `scripts/bench/README.md`.\n\n");
        page.append(report.table());
        for (String failure : failures) {
            page.append("\nFailed: ").append(failure).append(".\n");
        }
        Files.writeString(results.resolve(name + ".md"), page);
        report.draw(results.resolve(name + ".svg"));
        System.out.print(page);
    }
}
