import java.util.HashMap;
import java.util.Map;

/**
 * What one run cost.
 *
 * @param figures by name: {@code wall} (seconds), {@code cpu} (user and system seconds of client, application master
 *     and executors), {@code peak} (MiB, the highest sum of their resident memory), what the program reported, and what
 *     follows from it
 */
record Sample(Map<String, Double> figures) {
    /** NaN when it was not measured. */
    double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    Sample with(String name, double figure) {
        Map<String, Double> more = new HashMap<>(figures);
        more.put(name, figure);
        return new Sample(more);
    }

    /** Seconds of one pass of the program over its work, the first being 1. */
    double pass(int number) {
        return figure("ended" + number) - (number == 1 ? figure("began") : figure("ended" + (number - 1)));
    }
}
