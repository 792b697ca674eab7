package io.raddle.id;

import java.util.Comparator;

/**
 * One try at one partition of a stage. Attempt numbers are never reused within a driver epoch, also after a stage is
 * rolled back, so an attempt names its outputs for ever.
 */
public record AttemptId(int epoch, StageId stage, int partition, int attempt) implements Comparable<AttemptId> {
    private static final Comparator<AttemptId> ORDER = Comparator.comparingInt(AttemptId::epoch)
            .thenComparing(AttemptId::stage)
            .thenComparingInt(AttemptId::partition)
            .thenComparingInt(AttemptId::attempt);

    @Override
    public int compareTo(AttemptId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "task " + stage.number() + "." + partition + " attempt " + attempt;
    }
}
