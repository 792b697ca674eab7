package io.raddle.yarn.client;

import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.plan.SessionProvider;
import io.raddle.relay.MasterFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Behind {@code scripts/bench/relay-cost}: the same work without and with the application master between driver and
 * executors, or without and with a longer way to it. In the package of what it measures, since only there a session's
 * way to its master can be made longer.
 */
public final class RelayCost {
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final long SUBMIT_MINUTES = 10;

    private final Path home;
    private final Path work;
    private final Path conf;
    private final CostOptions options;

    private RelayCost(Path home, Path work, Path conf, CostOptions options) {
        this.home = home;
        this.work = work;
        this.conf = conf;
        this.options = options;
    }

    /** See the usage. */
    public static void main(String[] words) throws Exception {
        Path home = Path.of(System.getProperty("bench.home"));
        if (List.of(words).contains("--help")) {
            System.out.println(CostOptions.USAGE);
            return;
        }
        Path work = Files.createDirectories(Path.of(System.getProperty("bench.work")).resolve("relay"));
        try {
            CostOptions options = CostOptions.parse(List.of(words));
            Path conf = options.conf().isPresent() ? options.conf().get() : startCluster(home, work);
            System.out.print(CostRow.HEAD);
            for (String part : options.only()) {
                new RelayCost(home, work, conf, options).rows(part).forEach(System.out::print);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("relay-cost: " + e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    /** It ends with this process. */
    private static Path startCluster(Path home, Path work) throws IOException, InterruptedException {
        String script = home.resolveSibling("local-cluster").toString();
        String directory = work.resolve("cluster").toString();
        new ProcessBuilder(script, "stop", "--dir", directory).inheritIO().start().waitFor();
        String pid = Long.toString(ProcessHandle.current().pid());
        Process start = new ProcessBuilder(script, "start", "--processes", "--dir", directory, "--supervise-pid", pid)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = start.inputReader().lines().toList();
        if (start.waitFor() != 0) {
            throw new IllegalStateException("The cluster did not start.");
        }
        return Path.of(lines.get(lines.size() - 1));
    }

    private List<CostRow> rows(String part) throws Exception {
        return switch (part) {
            case "tasks" -> List.of(tasks());
            case "latency" -> List.of(latency());
            default -> List.of(collect(Duration.ZERO), collect(LATENCY));
        };
    }

    /** The third pass of one program in cluster and in client mode, in turns. */
    private CostRow tasks() throws IOException, InterruptedException {
        int tasks = options.quick() ? 2_000 : 20_000;
        List<Double> cluster = new ArrayList<>();
        List<Double> client = new ArrayList<>();
        if (!options.quick()) {
            submit("cluster", tasks); // The engine is in the cluster's cache from here on.
        }
        for (int round = 0; round < options.rounds(); round++) {
            cluster.add(submit("cluster", tasks));
            client.add(submit("client", tasks));
        }
        return new CostRow(
                tasks + " tasks that do nothing, third pass, in cluster mode and in client mode",
                "tasks/s",
                cluster,
                client,
                "≥ 0.8",
                "");
    }

    private double submit(String mode, int tasks) throws IOException, InterruptedException {
        Path report = Files.createTempFile(work, "report-", "");
        Path log = Files.createTempFile(work, mode + "-", ".log");
        ProcessBuilder submit = new ProcessBuilder(
                home.resolveSibling("yarn-submit").toString(),
                "--deploy-mode=" + mode,
                "--num-executors=2",
                "--executor-cores=1",
                "--executor-memory=1g",
                home.resolve("raddle/NoopTasks.java").toString(),
                report.toString(),
                Integer.toString(tasks));
        submit.environment().put("HADOOP_CONF_DIR", conf.toString());
        Process process =
                submit.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(SUBMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("The program did not end well; see " + log);
        }
        Map<String, Double> said = Files.readAllLines(report).stream()
                .map(line -> line.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Double.parseDouble(pair[1])));
        return tasks / (said.get("ended3") - said.get("ended2"));
    }

    /** One session beside the master and one far away from it, in turns. */
    private CostRow latency() throws IOException {
        int tasks = options.quick() ? 1_000 : 10_000;
        List<Double> near = new ArrayList<>();
        List<Double> far = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            near.add(sleepers(Duration.ZERO, tasks));
            far.add(sleepers(LATENCY, tasks));
        }
        return new CostRow(
                tasks + " tasks of 5 ms on 8 slots, the master's host near and 50 ms away each way",
                "s",
                near,
                far,
                "≤ 1.3",
                "");
    }

    private double sleepers(Duration eachWay, int tasks) throws IOException {
        try (DelayingRelay relay = DelayingRelay.start(eachWay);
                Session session = open("latency", 4, "2g", through(relay))) {
            MeasuredJobs.sleep(session, tasks, 5);
            return MeasuredJobs.sleep(session, tasks, 5);
        }
    }

    /** What executors keep, against a stream of as many bytes by the same way. */
    private CostRow collect(Duration eachWay) throws IOException {
        int pieces = options.quick() ? 4 : 128;
        long bytes = (long) pieces * MeasuredJobs.PIECE_BYTES;
        List<Double> plain = new ArrayList<>();
        List<Double> collected = new ArrayList<>();
        String resident = "";
        try (DelayingRelay relay = DelayingRelay.start(eachWay);
                DelayingRelay beside = DelayingRelay.start(eachWay);
                PlainStream stream = PlainStream.start(bytes);
                Session session = open("collect", 1, "3g", through(relay))) {
            Rdd<byte[]> kept = MeasuredJobs.kept(session, pieces);
            String container = MeasuredJobs.container(session);
            for (int round = 0; round < options.rounds(); round++) {
                plain.add((bytes >> 20) / PlainStream.receive(beside.to(stream.port()), bytes));
                long began = System.nanoTime();
                long received = kept.collect().stream().mapToLong(piece -> piece.length).sum();
                collected.add((bytes >> 20) / ((System.nanoTime() - began) / 1e9));
                if (received != bytes) {
                    throw new IllegalStateException(received + " bytes came instead of " + bytes);
                }
            }
            resident = Resident.of(application(container)).toString();
        }
        return new CostRow(
                "collect of " + (bytes >> 20) + " MiB, against a plain gRPC stream, " + eachWay.toMillis()
                        + " ms each way",
                "MiB/s",
                plain,
                collected,
                "≥ 0.7",
                resident);
    }

    /** What the command lines of its processes have in them. */
    private static String application(String container) {
        Matcher matcher = Pattern.compile("container_(?:e\\d+_)?(\\d+_\\d+)_.*").matcher(container);
        if (!matcher.matches()) {
            throw new IllegalStateException("no container: " + container);
        }
        return "application_" + matcher.group(1);
    }

    private static UnaryOperator<MasterFinder> through(DelayingRelay relay) {
        return search -> () ->
                search.find().map(found -> new MasterFinder.Address("localhost", relay.to(found.port())));
    }

    private Session open(String name, int cores, String memory, UnaryOperator<MasterFinder> way) {
        SessionProvider.install(Optional.of(new RelayedSessions(home, conf, way)));
        return Session.builder()
                .name(name)
                .master("yarn")
                .config("raddle.executor.instances", "2")
                .config("raddle.executor.cores", Integer.toString(cores))
                .config("raddle.executor.memory", memory)
                .config("raddle.result.max", "2g")
                .build();
    }
}
