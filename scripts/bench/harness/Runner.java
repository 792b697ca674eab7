import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Submits one program after the other and measures each; nothing else of ours runs meanwhile. */
final class Runner {
    private static final long TIMEOUT_SECONDS = 1_800;
    private static final long SETTLE_MS = 5_000;

    /** A DataNode renews the figures that it shows every 10 seconds. */
    private static final long METRICS_MS = 11_000;

    private final LocalCluster cluster;
    private final Hdfs hdfs;
    private final Path work;
    private int runs;

    Runner(LocalCluster cluster, Path work) {
        this.cluster = cluster;
        this.hdfs = cluster.hdfs();
        this.work = work;
    }

    /** Where the program of the next run reports its own figures. */
    Path nextReport() {
        return work.resolve("report-" + (runs + 1));
    }

    Sample run(Engine engine, String program, List<String> arguments) throws IOException, InterruptedException {
        return measure(engine, program, arguments, null);
    }

    /** Also measures what was written to HDFS meanwhile. */
    Sample runCountingBytes(Engine engine, String program) throws IOException, InterruptedException {
        long before = hdfs.bytesWritten();
        Sample sample = run(engine, program, List.of());
        Thread.sleep(METRICS_MS);
        return sample.with("written", hdfs.bytesWritten() - before);
    }

    /** Also measures what is resident once the program idles, and then lets it end. */
    Sample runIdle(Engine engine, String program) throws IOException, InterruptedException {
        Path end = work.resolve("end-" + (runs + 1));
        return measure(engine, program, List.of(nextReport().toString(), end.toString()), end);
    }

    private Sample measure(Engine engine, String program, List<String> arguments, Path end)
            throws IOException, InterruptedException {
        Path report = nextReport();
        runs++;
        Path log = work.resolve(engine.name().replace(' ', '-') + "-" + program + "-" + runs + ".log");
        Map<String, Double> figures = new HashMap<>();
        try (Meter meter = new Meter(cluster.nodeManagers())) {
            long began = System.nanoTime();
            Process client = engine.submit(program, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (end != null) {
                awaitIdle(client, report);
                figures.put("resident", meter.residentMib());
                Files.createFile(end);
            }
            awaitEnd(client, program, log);
            figures.put("wall", (System.nanoTime() - began) / 1e9);
            meter.awaitNoContainers();
            figures.put("cpu", meter.cpuSeconds());
            figures.put("peak", meter.peakMib());
            figures.putAll(reported(report));
            return withThirdPass(new Sample(figures), meter);
        }
    }

    private static void awaitEnd(Process client, String program, Path log) throws InterruptedException {
        if (!client.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly();
            throw new BenchException(program + " did not end in time; see " + log);
        }
        if (client.exitValue() != 0) {
            throw new BenchException(program + " ended with " + client.exitValue() + "; see " + log);
        }
    }

    private static Map<String, Double> reported(Path report) throws IOException {
        Map<String, Double> figures = new HashMap<>();
        if (Files.exists(report)) {
            for (String line : Files.readAllLines(report)) {
                String[] pair = line.split("=");
                figures.put(pair[0], Double.parseDouble(pair[1]));
            }
        }
        return figures;
    }

    /** Adds what the third pass took, where the program made one: by then all is warm. */
    private static Sample withThirdPass(Sample sample, Meter meter) {
        double from = sample.figure("ended2");
        double to = sample.figure("ended3");
        if (Double.isNaN(to)) {
            return sample;
        }
        double client = meter.cpuSeconds(Role.CLIENT, from, to);
        double driver = meter.cpuSeconds(Role.DRIVER, from, to);
        double executors = meter.cpuSeconds(Role.EXECUTOR, from, to);
        return sample.with("third", sample.pass(3))
                .with("thirdCpu", client + driver + executors)
                .with("thirdDriverCpu", driver)
                .with("thirdExecutorCpu", executors);
    }

    private static void awaitIdle(Process client, Path report) throws InterruptedException {
        while (!Files.exists(report)) {
            if (!client.isAlive()) {
                return;
            }
            Thread.sleep(50);
        }
        Thread.sleep(SETTLE_MS);
    }
}
