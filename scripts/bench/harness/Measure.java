import java.util.List;
import java.util.Locale;

/**
 * One line of the table.
 *
 * @param figure of the samples of a work
 */
record Measure(String label, String figure, String unit, Goal goal, boolean moreIsBetter) {
    static Measure cost(String label, String figure, String unit, Goal goal) {
        return new Measure(label, figure, unit, goal, false);
    }

    static Measure rate(String label, String figure, String unit, Goal goal) {
        return new Measure(label, figure, unit, goal, true);
    }

    private double[] values(List<Sample> samples) {
        return samples.stream()
                .mapToDouble(sample -> sample.figure(figure))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** NaN when there is none. */
    double median(List<Sample> samples) {
        double[] values = values(samples);
        int middle = values.length / 2;
        if (values.length == 0) {
            return Double.NaN;
        }
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** Median, and the range in which all lie. */
    String cell(List<Sample> samples) {
        double[] values = values(samples);
        if (values.length == 0) {
            return "–";
        }
        String median = number(median(samples)) + " " + unit;
        return values.length == 1
                ? median
                : median + " (" + number(values[0]) + "–" + number(values[values.length - 1]) + ")";
    }

    static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.1f", ratio);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
