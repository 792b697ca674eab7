package io.raddle.yarn.client;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the command line asks for; {@code conf} is the configuration directory of a cluster that is up. */
record CostOptions(boolean quick, int rounds, List<String> only, Optional<Path> conf) {
    static final List<String> PARTS = List.of("tasks", "latency", "collect");

    static final String USAGE =
            """
            Usage: relay-cost [--quick] [--rounds N] [--only PART,...] [--conf DIR]
              What it costs that an application master stands between driver and executors.
              --quick          one round of little work, to see that all works; its ratios say little
              --rounds N       (default 5)
              --only PART,...  of tasks (that do nothing), latency (50 ms each way), collect (1 GiB)
              --conf DIR       of a cluster that is up; by default one is started for this
            Prints a table; the cluster and what programs report lie in ${RADDLE_BENCH_DIR:-~/.raddle/bench}.\
            """;

    static CostOptions parse(List<String> words) {
        CostOptions options = new CostOptions(false, 5, PARTS, Optional.empty());
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (word.equals("--quick")) {
                options = new CostOptions(true, 1, options.only, options.conf);
            } else if (at + 1 < words.size()) {
                options = options.with(word, words.get(++at));
            } else {
                throw unknown(word);
            }
        }
        return options;
    }

    private CostOptions with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new CostOptions(quick, Integer.parseInt(value), only, conf);
            case "--conf" -> new CostOptions(quick, rounds, only, Optional.of(Path.of(value)));
            case "--only" -> {
                List<String> named = Arrays.asList(value.split(","));
                if (!PARTS.containsAll(named)) {
                    throw unknown(option + " " + value);
                }
                yield new CostOptions(quick, rounds, named, conf);
            }
            default -> throw unknown(option);
        };
    }

    private static IllegalArgumentException unknown(String words) {
        return new IllegalArgumentException("Cannot make sense of " + words + ".\n" + USAGE);
    }
}
