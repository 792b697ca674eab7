package io.raddle;

import io.raddle.function.Aggregator;
import io.raddle.serde.RecordDigest;
import io.raddle.serde.RecordFormat;
import org.jspecify.annotations.Nullable;

/**
 * Counts different values in little memory: HyperLogLog (Flajolet, Fusy, Gandouet and Meunier 2007) over 64-bit digests
 * of what the values hold, with the estimator of Ertl (2017, arXiv:1702.01284), which needs no tables and no correction
 * for few or many. A sketch is its registers. Belongs to the thread of its task.
 */
final class HyperLogLog<V> implements Aggregator<V, byte[]> {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_BITS = 4;
    private static final int MOST_BITS = 24;

    private final int bits;
    private transient @Nullable RecordDigest digest;

    private HyperLogLog(int bits) {
        this.bits = bits;
    }

    /** A counter whose estimates have this standard deviation from the truth, as a share of it. */
    static <V> HyperLogLog<V> of(double relativeDeviation) {
        double bits = Math.ceil(2 * Math.log(1.04 / relativeDeviation) / Math.log(2));
        if (!(relativeDeviation > 0) || bits > MOST_BITS) {
            throw Arguments.refused(
                    "An approximate count was asked for with a relative deviation of " + relativeDeviation + ".",
                    "Give 0.0003 or more, as 0.05; for less, count distinct().");
        }
        return new HyperLogLog<>((int) Math.max(LEAST_BITS, bits));
    }

    byte[] empty() {
        return new byte[1 << bits];
    }

    @Override
    public byte[] createCombiner(V value) {
        return mergeValue(empty(), value);
    }

    @Override
    public byte[] mergeValue(byte[] registers, V value) {
        long hash = spread(digest().of(value));
        int register = (int) (hash >>> (Long.SIZE - bits));
        int rank = Math.min(Long.numberOfLeadingZeros(hash << bits), Long.SIZE - bits) + 1;
        registers[register] = (byte) Math.max(registers[register], rank);
        return registers;
    }

    @Override
    public byte[] mergeCombiners(byte[] left, byte[] right) {
        for (int register = 0; register < left.length; register++) {
            left[register] = (byte) Math.max(left[register], right[register]);
        }
        return left;
    }

    private RecordDigest digest() {
        RecordDigest known = digest;
        if (known == null) {
            known = new RecordFormat(Thread.currentThread().getContextClassLoader()).digest();
            digest = known;
        }
        return known;
    }

    /** All bits of a digest into all bits (the finalizer of MurmurHash3). */
    private static long spread(long digest) {
        long hash = (digest ^ (digest >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** About how many different values a sketch has seen. */
    static long estimate(byte[] registers) {
        int most = Long.SIZE - Integer.numberOfTrailingZeros(registers.length) + 1;
        int[] ranks = new int[most + 1];
        for (byte rank : registers) {
            ranks[rank]++;
        }
        double size = registers.length;
        double sum = size * tau(1 - ranks[most] / size);
        for (int rank = most - 1; rank >= 1; rank--) {
            sum = (sum + ranks[rank]) / 2;
        }
        sum += size * sigma(ranks[0] / size);
        return Math.round(size * size / (2 * Math.log(2) * sum));
    }

    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double power = share;
        double factor = 1;
        double sum = share;
        double before;
        do {
            power *= power;
            before = sum;
            sum += power * factor;
            factor += factor;
        } while (sum != before);
        return sum;
    }

    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double root = share;
        double factor = 1;
        double sum = 1 - share;
        double before;
        do {
            root = Math.sqrt(root);
            before = sum;
            factor /= 2;
            sum -= (1 - root) * (1 - root) * factor;
        } while (sum != before);
        return sum / 3;
    }
}
