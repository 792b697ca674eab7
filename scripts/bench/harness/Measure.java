import java.util.List;
import java.util.Locale;

/**
 * One line of the table.
 *
 * @param figure of the samples of a work
 * @param goal that the ratio Raddle / Spark must reach, or NaN
 */
record Measure(Work work, String label, String figure, String unit, double goal, boolean moreIsBetter) {
    static final List<Measure> ALL = List.of(
            new Measure(Work.TRIVIAL, "trivial job, submit to exit", "wall", "s", 0.35, false),
            new Measure(Work.TRIVIAL, "trivial job, CPU", "cpu", "s", 0.4, false),
            new Measure(Work.TRIVIAL, "trivial job, peak memory", "peak", "MiB", Double.NaN, false),
            new Measure(Work.TRIVIAL, "bytes written to HDFS by a further submit", "written", "B", Double.NaN, false),
            new Measure(Work.WORDCOUNT, "word count, submit to exit", "wall", "s", 0.6, false),
            new Measure(Work.WORDCOUNT, "word count, job alone", "job", "s", Double.NaN, false),
            new Measure(Work.WORDCOUNT, "word count, CPU", "cpu", "s", Double.NaN, false),
            new Measure(Work.WORDCOUNT, "word count, peak memory", "peak", "MiB", Double.NaN, false),
            new Measure(Work.NOOP, "no-op tasks, first time", "first", "tasks/s", Double.NaN, true),
            new Measure(Work.NOOP, "no-op tasks, third time", "third", "tasks/s", 15, true),
            new Measure(Work.IDLE, "idle session, resident", "resident", "MiB", 0.6, false));

    double median(List<Sample> samples) {
        double[] values = samples.stream()
                .mapToDouble(sample -> sample.figure(figure))
                .sorted()
                .toArray();
        int middle = values.length / 2;
        if (values.length == 0) {
            return Double.NaN;
        }
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** Median, and the range in which all lie. */
    String cell(List<Sample> samples) {
        if (samples.isEmpty()) {
            return "–";
        }
        double least = samples.stream()
                .mapToDouble(sample -> sample.figure(figure))
                .min()
                .orElse(Double.NaN);
        double most = samples.stream()
                .mapToDouble(sample -> sample.figure(figure))
                .max()
                .orElse(Double.NaN);
        return number(median(samples)) + " " + unit + " (" + number(least) + "–" + number(most) + ")";
    }

    String goalCell() {
        return Double.isNaN(goal) ? "" : (moreIsBetter ? "≥ " : "≤ ") + ratio(goal);
    }

    static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.1f", ratio);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
