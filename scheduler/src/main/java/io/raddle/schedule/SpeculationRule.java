package io.raddle.schedule;

import java.time.Duration;

/**
 * Which tasks get a second attempt beside the first: backup tasks (Dean and Ghemawat, "MapReduce", OSDI 2004) by the
 * quantile and the multiplier of Spark.
 *
 * @param quantile share of a stage's tasks that must be done, from 0 to 1
 * @param multiplier of the median run time of those, which a task must exceed
 * @param minimum what it must exceed in any case; negative where there are no second attempts
 */
public record SpeculationRule(double quantile, double multiplier, Duration minimum) {
    public static final SpeculationRule NONE = new SpeculationRule(1, 0, Duration.ofNanos(-1));

    public SpeculationRule {
        if (!(quantile >= 0 && quantile <= 1 && multiplier >= 0)) {
            throw new IllegalArgumentException("quantile " + quantile + ", multiplier " + multiplier);
        }
    }

    boolean isNone() {
        return minimum.isNegative();
    }

    /** How long a task of the stage must run; {@link Long#MAX_VALUE} while too few of the others are done. */
    long nanosOf(int tasks, int done, RunTimes times) {
        if (isNone() || done == 0 || done < (int) (quantile * tasks)) {
            return Long.MAX_VALUE;
        }
        return Math.max(minimum.toNanos(), (long) (multiplier * times.median()));
    }
}
