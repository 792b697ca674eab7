package io.raddle;

import io.raddle.function.Pair;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Numbers in a row that are made where they are used: only where each partition begins travels. */
final class Ranges {
    private Ranges() {}

    static Rdd<Long> of(Session session, long start, long end, long step, int partitions) {
        if (step == 0) {
            throw Arguments.refused("range was asked for steps of 0.", "Give a step above or below 0.");
        }
        if (partitions < 1) {
            throw Arguments.refused("range was asked for " + partitions + " partitions.", "Ask for 1 or more.");
        }
        BigInteger count = count(start, end, step);
        List<Pair<Long, Long>> parts = new ArrayList<>();
        for (int part = 0; part < partitions; part++) {
            BigInteger from = place(count, part, partitions);
            BigInteger to = place(count, part + 1, partitions);
            // Wraps around for places that no number has, in empty parts only.
            long first = BigInteger.valueOf(start)
                    .add(from.multiply(BigInteger.valueOf(step)))
                    .longValue();
            parts.add(Pair.of(first, to.subtract(from).longValueExact()));
        }
        return session.parallelize(parts, partitions).flatMap(Functions.counted(step));
    }

    /** How many there are: with a span of more than 63 bits no long holds it. */
    private static BigInteger count(long start, long end, long step) {
        BigInteger span = BigInteger.valueOf(end).subtract(BigInteger.valueOf(start));
        BigInteger wide = BigInteger.valueOf(step);
        BigInteger[] steps = span.divideAndRemainder(wide);
        BigInteger count = steps[1].signum() == 0 ? steps[0] : steps[0].add(BigInteger.ONE);
        return span.signum() == wide.signum() ? count : BigInteger.ZERO;
    }

    private static BigInteger place(BigInteger count, int part, int partitions) {
        return count.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(partitions));
    }
}
