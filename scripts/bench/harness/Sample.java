import java.util.HashMap;
import java.util.Map;

/**
 * What one run cost.
 *
 * @param cpuSeconds user and system time of client, application master and executors
 * @param peakResidentMib highest sum of their resident memory
 * @param figures what else was measured, by name
 */
record Sample(double wallSeconds, double cpuSeconds, double peakResidentMib, Map<String, Double> figures) {
    double figure(String name) {
        return switch (name) {
            case "wall" -> wallSeconds;
            case "cpu" -> cpuSeconds;
            case "peak" -> peakResidentMib;
            default -> figures.getOrDefault(name, Double.NaN);
        };
    }

    Sample with(String name, double figure) {
        Map<String, Double> more = new HashMap<>(figures);
        more.put(name, figure);
        return new Sample(wallSeconds, cpuSeconds, peakResidentMib, more);
    }
}
