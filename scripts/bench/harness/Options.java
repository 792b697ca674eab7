import java.util.List;

/**
 * What the command line asks for.
 *
 * @param only names of works, none for all
 */
record Options(
        boolean quick, boolean scale, int rounds, List<String> only, List<String> engines, String hadoopVersion) {
    static final String USAGE = """
        Usage: bench [--quick] [--scale] [--only WORK,...] [--rounds N] [--engines E,...] [--hadoop-version V]
          --quick             one round of small inputs, to see that all works; its ratios say little
          --scale             how the cost of a word count grows with its input and its partitions
          --only WORK,...     of trivial, wordcount, sort, pagerank, join, group, kmeans, noop, jobs, idle;
                              with --scale of 256m, 1g, 4g (16m, 64m when quick), 16-parts, 64-parts, 256-parts,
                              1024-parts, 4096-parts
          --rounds N          (default 5)
          --engines E,...     of thread, spark, raddle, raddle1 (the same on one core); default all
          --hadoop-version V  of the cluster (default 3.5.0)
        Results go to scripts/bench/results; inputs and logs to ${RADDLE_BENCH_DIR:-~/.raddle/bench}.\
        """;

    private static final List<String> ENGINES = List.of("thread", "spark", "raddle", "raddle1");

    static Options parse(List<String> arguments) {
        Options options = new Options(false, false, 5, List.of(), ENGINES, "3.5.0");
        for (int index = 0; index < arguments.size(); index++) {
            String option = arguments.get(index);
            if (option.equals("--quick")) {
                options = new Options(true, options.scale, 1, options.only, options.engines, options.hadoopVersion);
            } else if (option.equals("--scale")) {
                options = new Options(
                        options.quick, true, options.rounds, options.only, options.engines, options.hadoopVersion);
            } else if (index + 1 < arguments.size()) {
                options = options.with(option, arguments.get(++index));
            } else {
                throw unknown(option);
            }
        }
        return options;
    }

    private Options with(String option, String value) {
        switch (option) {
            case "--rounds":
                return new Options(quick, scale, count(value), only, engines, hadoopVersion);
            case "--only":
                return new Options(quick, scale, rounds, List.of(value.split(",")), engines, hadoopVersion);
            case "--hadoop-version":
                return new Options(quick, scale, rounds, only, engines, value);
            case "--engines":
                List<String> named = List.of(value.split(","));
                if (!ENGINES.containsAll(named)) {
                    throw unknown(option + " " + value);
                }
                return new Options(quick, scale, rounds, only, named, hadoopVersion);
            default:
                throw unknown(option);
        }
    }

    /** What sets the files of a run of some works or engines apart from those of a whole one; empty for a whole one. */
    String part() {
        StringBuilder part = new StringBuilder();
        only.stream().sorted().forEach(work -> part.append('-').append(work));
        if (!engines.containsAll(ENGINES)) {
            part.append("-by");
            ENGINES.stream().filter(engines::contains).forEach(engine -> part.append('-').append(engine));
        }
        return part.toString();
    }

    private static int count(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw unknown("--rounds " + value);
        }
    }

    /** Those of a catalogue that were asked for. */
    List<Work> choose(List<Work> catalogue) {
        List<String> known = catalogue.stream().map(Work::name).toList();
        if (!known.containsAll(only)) {
            throw unknown("--only " + String.join(",", only));
        }
        return catalogue.stream()
                .filter(work -> only.isEmpty() || only.contains(work.name()))
                .toList();
    }

    private static BenchException unknown(String words) {
        return new BenchException("Cannot make sense of " + words + ".\n" + USAGE);
    }
}
