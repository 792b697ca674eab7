package io.raddle.schedule.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The long run: many seeds, and how often each fault and each transition of a lifecycle occurred in them. */
public final class Simulate {
    private static final double RAREST_PERCENT = 1;

    private final Map<String, Long> seedsWith = new TreeMap<>();
    private final Map<String, Long> times = new TreeMap<>();
    private long seeds;
    private long steps;

    Simulate() {
        for (Fault fault : Fault.values()) {
            note("fault " + fault, 0);
        }
    }

    /**
     * Usage: {@code --seeds N [--from S]}; {@code --seed N}, which prints what happened; or {@code --scale}, which prints
     * what the core costs as tasks grow.
     */
    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        PrintStream out = System.out;
        if (words.contains("--seed")) {
            System.exit(replay(number(words, "--seed", 1), out));
        }
        if (words.contains("--scale")) {
            scale(words, out);
            return;
        }
        System.exit(new Simulate().longRun(number(words, "--from", 1), number(words, "--seeds", 10_000), out));
    }

    private static void scale(List<String> words, PrintStream out) {
        int most = (int) number(words, "--tasks", 1_000_000);
        Scale.table(
                List.of(most / 100, most / 10, most),
                (int) number(words, "--executors", 10_000),
                (int) number(words, "--slots", 4),
                Duration.ofMillis(number(words, "--millis", 1_000)),
                out);
    }

    private static long number(List<String> words, String option, long otherwise) {
        int at = words.indexOf(option);
        return at < 0 ? otherwise : Long.parseLong(words.get(at + 1));
    }

    /** Runs one seed and prints its events and what broke. */
    static int replay(long seed, PrintStream out) {
        Simulation simulation = new Simulation(seed, true);
        try {
            simulation.run();
            simulation.log().forEach(out::println);
            out.println("seed " + seed + " holds");
            return 0;
        } catch (AssertionError | RuntimeException broken) {
            simulation.log().forEach(out::println);
            broken.printStackTrace(out);
            return 1;
        }
    }

    int longRun(long from, long count, PrintStream out) {
        long began = System.nanoTime();
        int broken = 0;
        for (long seed = from; seed < from + count; seed++) {
            try {
                add(new Simulation(seed, false).run());
            } catch (AssertionError | RuntimeException breach) {
                broken++;
                out.println(
                        "seed " + seed + ": " + firstLine(breach) + "\n    replay: scripts/simulate --seed " + seed);
            }
        }
        table().forEach(out::println);
        List<String> rare = rare();
        rare.forEach(what -> out.println("too rare: " + what));
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf("%d seeds, %d broken, %d steps, %.1f s%n", count, broken, steps, seconds);
        return broken == 0 && rare.isEmpty() ? 0 : 1;
    }

    static String firstLine(Throwable breach) {
        return String.valueOf(breach).lines().findFirst().orElse("");
    }

    void add(Simulation.Outcome outcome) {
        seeds++;
        steps += outcome.steps();
        outcome.faults().forEach((fault, count) -> note("fault " + fault, count));
        outcome.transitions().forEach(this::note);
        outcome.notes().forEach((name, count) -> note("note " + name, count));
    }

    private void note(String what, long count) {
        times.merge(what, count, Long::sum);
        seedsWith.merge(what, count > 0 ? 1L : 0L, Long::sum);
    }

    List<String> table() {
        return times.entrySet().stream()
                .map(entry -> String.format(
                        "%-45s %12d times, in %5.1f %% of seeds",
                        entry.getKey(), entry.getValue(), percent(entry.getKey())))
                .toList();
    }

    /** What occurred in fewer than one seed of a hundred: the simulation does not test it. */
    List<String> rare() {
        return times.keySet().stream()
                .filter(what -> percent(what) < RAREST_PERCENT)
                .toList();
    }

    private double percent(String what) {
        return 100.0 * seedsWith.getOrDefault(what, 0L) / Math.max(1, seeds);
    }
}
