package io.raddle;

import io.raddle.closure.CallSite;
import io.raddle.function.Function2;
import io.raddle.function.Pair;
import io.raddle.plan.Lineage;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Lineage that takes the same partition of several Rdds together, and numbers that follow from places. */
final class Zips {
    private Zips() {}

    /** A function over the number of a partition and that partition of each input. */
    static Lineage of(List<Rdd<?>> inputs, Function2<Integer, Iterator<?>[], Iterator<?>> function) {
        CallSite site = CallSite.here();
        Rdd<?> first = inputs.get(0);
        for (Rdd<?> other : inputs) {
            if (other.getNumPartitions() != first.getNumPartitions()) {
                throw Arguments.refused(
                        site + " takes partitions together, but one Rdd has " + first.getNumPartitions()
                                + " partitions and another " + other.getNumPartitions() + ".",
                        "Make both of equally many where they come from, or give both an index with zipWithIndex and "
                                + "join them by it.");
            }
        }
        List<Lineage> lineages =
                inputs.stream().<Lineage>map(rdd -> rdd.lineage).toList();
        return Lineage.zip(first.session.origin(site), lineages, first.session.freeze(function, site));
    }

    /** Each record of one with each of another. */
    static Lineage product(Session session, Lineage left, Lineage right) {
        CallSite site = CallSite.here();
        if ((long) left.partitions() * right.partitions() > Integer.MAX_VALUE) {
            throw Arguments.refused(
                    site + " would have " + left.partitions() + " times " + right.partitions() + " partitions.",
                    "coalesce both first: it has a partition for each two of theirs.");
        }
        return Lineage.cartesian(session.origin(site), left, right);
    }

    /** The records of two partitions one by one. */
    static Function2<Integer, Iterator<?>[], Iterator<?>> pairs() {
        return (partition, sides) -> new Paired(partition, sides[0], sides[1]);
    }

    @SuppressWarnings("unchecked")
    static <T> Iterator<T> side(Iterator<?>[] sides, int index) {
        return (Iterator<T>) sides[index];
    }

    /** The k-th record of partition p of n under k·n + p. */
    static <T> Function2<Integer, Iterator<T>, Iterator<Pair<T, Long>>> numbered(int partitions) {
        return (partition, records) -> new Iterator<>() {
            private long next = partition;

            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Pair<T, Long> next() {
                Pair<T, Long> numbered = Pair.of(records.next(), next);
                next += partitions;
                return numbered;
            }
        };
    }

    private static final class Paired implements Iterator<Object> {
        private final int partition;
        private final Iterator<?> left;
        private final Iterator<?> right;
        private long count;

        Paired(int partition, Iterator<?> left, Iterator<?> right) {
            this.partition = partition;
            this.left = left;
            this.right = right;
        }

        @Override
        public boolean hasNext() {
            boolean hasLeft = left.hasNext();
            if (hasLeft != right.hasNext()) {
                throw Arguments.refused(
                        "zip met unequal partitions: in partition " + partition + " the "
                                + (hasLeft ? "right" : "left") + " side ends after " + count
                                + " records and the other has more.",
                        "Zip only what has equally many records in each partition, as an Rdd with a map of it; else "
                                + "give both an index with zipWithIndex and join them by it.");
            }
            return hasLeft;
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            count++;
            return new Pair<>(left.next(), right.next());
        }
    }
}
