import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** CPU time used up to each of many instants, so that what a stretch of time cost can be told afterwards. */
final class CpuHistory {
    private final List<Reading> readings = new ArrayList<>();

    /** Seconds since the epoch, and CPU seconds until then. */
    private record Reading(double at, Map<Role, Double> used) {
        double used(Role role) {
            return used.getOrDefault(role, 0.0);
        }
    }

    void add(double at, Map<Role, Double> used) {
        readings.add(new Reading(at, new EnumMap<>(used)));
    }

    /** CPU seconds between two instants in seconds since the epoch. */
    double between(Role role, double from, double to) {
        return until(role, to) - until(role, from);
    }

    private double until(Role role, double instant) {
        Reading before = readings.get(0);
        for (Reading reading : readings) {
            if (reading.at >= instant) {
                double share = reading.at > before.at ? (instant - before.at) / (reading.at - before.at) : 0;
                return before.used(role) + Math.max(0, share) * (reading.used(role) - before.used(role));
            }
            before = reading;
        }
        return before.used(role);
    }
}
