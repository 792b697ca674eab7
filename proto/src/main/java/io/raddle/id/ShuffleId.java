package io.raddle.id;

/** An exchange of records between two stages. */
public record ShuffleId(int number) implements Comparable<ShuffleId> {
    @Override
    public int compareTo(ShuffleId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "shuffle " + number;
    }
}
