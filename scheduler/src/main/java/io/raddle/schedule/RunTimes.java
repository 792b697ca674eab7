package io.raddle.schedule;

/** How long the tasks of a stage ran, as counts in buckets of an eighth of a power of two: 2 KiB however many there are. */
final class RunTimes {
    private static final int BITS = 3;
    private static final int PER_OCTAVE = 1 << BITS;

    private final int[] counts = new int[Long.SIZE * PER_OCTAVE];
    private int all;

    void add(long nanos) {
        counts[bucket(Math.max(1, nanos))]++;
        all++;
    }

    /** To an eighth, rounded up; 0 when there is none. */
    long median() {
        int left = (all + 1) / 2;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            left -= counts[bucket];
            if (left <= 0 && counts[bucket] > 0) {
                return end(bucket);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        long withinOctave = octave < BITS ? nanos << (BITS - octave) : nanos >>> (octave - BITS);
        return octave * PER_OCTAVE + (int) (withinOctave % PER_OCTAVE);
    }

    private static long end(int bucket) {
        int octave = bucket / PER_OCTAVE;
        long eighths = PER_OCTAVE + 1L + bucket % PER_OCTAVE;
        return octave < BITS ? eighths >>> (BITS - octave) : eighths << (octave - BITS);
    }
}
