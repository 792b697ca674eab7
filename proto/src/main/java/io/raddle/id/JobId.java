package io.raddle.id;

/** One action of the user's program. */
public record JobId(int number) implements Comparable<JobId> {
    @Override
    public int compareTo(JobId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "job " + number;
    }
}
