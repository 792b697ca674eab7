package io.raddle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Partitioner;
import io.raddle.schedule.JobPool;
import org.jspecify.annotations.Nullable;

/** Refuses arguments that no operation can use, with what would work. */
final class Arguments {
    private static final HashPartitioner JUDGE = new HashPartitioner(1);

    private Arguments() {}

    static int notNegative(int n, String ofWhat) {
        if (n < 0) {
            throw refused("An operation was asked for " + n + " " + ofWhat + ".", "Ask for 0 or more.");
        }
        return n;
    }

    /** A share of the records: of each at most one without replacement, of each any number with. */
    static double fraction(double fraction, boolean withReplacement) {
        if (!(fraction >= 0) || fraction == Double.POSITIVE_INFINITY || !withReplacement && fraction > 1) {
            throw refused(
                    "A sample " + (withReplacement ? "with" : "without") + " replacement was asked for a fraction of "
                            + fraction + ".",
                    withReplacement ? "Give 0 or more." : "Give a fraction from 0 to 1.");
        }
        return fraction;
    }

    /** A confidence of an estimate. */
    static double confidence(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw refused(
                    "An estimate was asked for with a confidence of " + confidence + ".",
                    "Give one between 0 and 1, as 0.95.");
        }
        return confidence;
    }

    static int partitions(Partitioner partitioner) {
        int partitions = partitioner.partitions();
        if (partitions < 1) {
            throw refused(
                    partitioner.getClass().getTypeName() + " says that it has " + partitions + " partitions.",
                    "Let it have 1 or more.");
        }
        return partitions;
    }

    /** Where {@code partitioner} places a key. */
    static int placed(Partitioner partitioner, @Nullable Object key) {
        int partition = partitioner.partition(key);
        if (partition < 0 || partition >= partitioner.partitions()) {
            throw refused(
                    partitioner.getClass().getTypeName() + " places the key " + key + " in partition " + partition
                            + " of " + partitioner.partitions() + ".",
                    "Let it give partitions from 0 to " + (partitioner.partitions() - 1)
                            + "; Math.floorMod helps with hash codes.");
        }
        return partition;
    }

    static String tag(String tag) {
        if (tag.isEmpty() || tag.contains(",")) {
            throw refused("\"" + tag + "\" cannot be a tag of a job.", "Give at least one character and no comma.");
        }
        return tag;
    }

    static JobPool pool(String name, int weight, int minimum) {
        if (name.isBlank() || weight < 1 || minimum < 0) {
            throw refused(
                    "\"" + name + "\" with weight " + weight + " and at least " + minimum
                            + " tasks cannot be a pool of jobs.",
                    "Give a name, a weight of 1 or more and a minimum of 0 or more.");
        }
        return new JobPool(name, weight, minimum);
    }

    /** A key for a map, which must be one for a shuffle too: its hash code says what it holds. */
    static <K> K key(K key) {
        JUDGE.partition(key);
        return key;
    }

    static RaddleException refused(String what, String todo) {
        return new RaddleException(new Cause.InvalidInput(what, todo));
    }
}
