package io.raddle;

import io.raddle.function.ActionFunction;
import java.util.Arrays;

/** Counts numbers between bounds; NaN and what lies outside counts nowhere. */
final class Histograms {
    private Histograms() {}

    /** Buckets of the same width between the least and the greatest number; one where these are the same. */
    static Histogram even(DoubleRdd rdd, int buckets) {
        if (buckets < 1) {
            throw Arguments.refused("histogram was asked for " + buckets + " buckets.", "Ask for 1 or more.");
        }
        StatCounter stats = rdd.stats();
        double min = stats.min();
        double max = stats.max();
        if (!Double.isFinite(max - min)) {
            throw Arguments.refused(
                    stats.count() == 0
                            ? "There is no number to make a histogram of."
                            : "There are numbers without bounds between which a histogram could count.",
                    stats.count() == 0
                            ? "Ask isEmpty() first, or give the bounds."
                            : "Filter infinities and NaN out, or give the bounds.");
        }
        double[] bounds = new double[min == max ? 2 : buckets + 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = min + (max - min) * i / (bounds.length - 1);
        }
        bounds[bounds.length - 1] = max;
        return new Histogram(bounds, count(rdd, bounds, true));
    }

    static long[] count(DoubleRdd rdd, double[] given, boolean evenly) {
        double[] bounds = checked(given);
        ActionFunction<Double, long[]> counter = numbers -> {
            long[] counts = new long[bounds.length - 1];
            while (numbers.hasNext()) {
                int bucket = bucketOf(numbers.next() + 0.0, bounds, evenly);
                if (bucket >= 0) {
                    counts[bucket]++;
                }
            }
            return counts;
        };
        long[] all = new long[bounds.length - 1];
        for (long[] part : Actions.each(rdd, counter)) {
            Arrays.setAll(all, bucket -> all[bucket] + part[bucket]);
        }
        return all;
    }

    private static double[] checked(double[] bounds) {
        if (bounds.length < 2) {
            throw Arguments.refused(
                    "histogram was given " + bounds.length + " bounds.", "Give two or more: bounds of the buckets.");
        }
        for (int i = 1; i < bounds.length; i++) {
            boolean onlyOne = bounds.length == 2 && bounds[0] == bounds[1];
            if (!(bounds[i - 1] < bounds[i]) && !onlyOne) {
                throw Arguments.refused(
                        "The bounds of a histogram do not grow: " + bounds[i - 1] + " stands before " + bounds[i] + ".",
                        "Sort them and leave out what is there twice.");
            }
        }
        // Zero has two signs, which a search would tell apart.
        return Arrays.stream(bounds).map(bound -> bound + 0.0).toArray();
    }

    /** The bucket of a number, or -1. */
    private static int bucketOf(double number, double[] bounds, boolean evenly) {
        int last = bounds.length - 2;
        double low = bounds[0];
        double high = bounds[bounds.length - 1];
        if (!(number >= low && number <= high)) {
            return -1;
        }
        if (number == high) {
            return last;
        }
        if (evenly) {
            return near((int) Math.min(last, (number - low) / (high - low) * (last + 1)), number, bounds);
        }
        int place = Arrays.binarySearch(bounds, number);
        return place >= 0 ? place : -place - 2;
    }

    /** Rounding may miss by one, and bounds that are said to be even may not be. */
    private static int near(int guess, double number, double[] bounds) {
        int bucket = guess;
        while (number < bounds[bucket]) {
            bucket--;
        }
        while (number >= bounds[bucket + 1]) {
            bucket++;
        }
        return bucket;
    }
}
