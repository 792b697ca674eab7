package io.raddle.id;

/** An executor process; numbers are dense from 1 and never reused within an application. */
public record ExecutorId(int number) implements Comparable<ExecutorId> {
    @Override
    public int compareTo(ExecutorId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "executor " + number;
    }
}
