package io.raddle.id;

/** A run of operators between two shuffles; shared by the jobs that need it. */
public record StageId(int number) implements Comparable<StageId> {
    @Override
    public int compareTo(StageId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "stage " + number;
    }
}
