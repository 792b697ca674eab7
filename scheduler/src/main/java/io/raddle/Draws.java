package io.raddle;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Random decisions that follow from a seed and a partition alone, and iterators that carry them out. */
final class Draws {
    /** Above this mean, Knuth's product of uniforms would run out of double precision. */
    private static final double LARGEST_MEAN = 64;

    private Draws() {}

    /** A source of random numbers for one partition. */
    static SplittableRandom of(long seed, int partition) {
        return new SplittableRandom(seed ^ (partition + 1L) * 0x9E3779B97F4A7C15L);
    }

    /** How many events of a Poisson process fall into a span in which {@code mean} are expected (Knuth, TAOCP 3.4.1). */
    static int poisson(double mean, SplittableRandom random) {
        int events = 0;
        double rest = mean;
        while (rest > 0) {
            double part = Math.min(rest, LARGEST_MEAN);
            rest -= part;
            double limit = Math.exp(-part);
            double product = random.nextDouble();
            while (product > limit) {
                events++;
                product *= random.nextDouble();
            }
        }
        return events;
    }

    /** Each record as often as {@code times} says. */
    static <T> Iterator<T> repeated(Iterator<T> records, ToIntFunction<T> times) {
        return new Iterator<>() {
            private Iterator<T> copies = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!copies.hasNext() && records.hasNext()) {
                    T next = records.next();
                    int count = times.applyAsInt(next);
                    copies = count == 0
                            ? Collections.emptyIterator()
                            : Collections.nCopies(count, next).iterator();
                }
                return copies.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return copies.next();
            }
        };
    }

    /** Takes exactly some of the records of a partition, asked once for each in turn. Not for more than one thread. */
    @FunctionalInterface
    interface Exact {
        /** How often the next record is taken. */
        int next(SplittableRandom random);
    }

    /** {@code wanted} of {@code all} records, each set of them as likely as any other. */
    static Exact exactly(long wanted, long all, boolean withReplacement) {
        return withReplacement ? new Repetition(wanted, all) : new Selection(wanted, all);
    }

    /** Each record at most once (Fan, Muller and Rezucha 1962). */
    private static final class Selection implements Exact {
        private long wanted;
        private long left;

        Selection(long wanted, long all) {
            this.wanted = wanted;
            this.left = all;
        }

        @Override
        public int next(SplittableRandom random) {
            if (wanted == 0 || left == 0) {
                return 0;
            }
            int taken = random.nextLong(left--) < wanted ? 1 : 0;
            wanted -= taken;
            return taken;
        }
    }

    /** Each draw from all records: the draws in the order of their places (Bentley and Saxe 1980). */
    private static final class Repetition implements Exact {
        private final long all;
        private long wanted;
        private long place;
        private double at;
        private long next = -1;

        Repetition(long wanted, long all) {
            this.wanted = wanted;
            this.all = all;
        }

        @Override
        public int next(SplittableRandom random) {
            int taken = 0;
            while (wanted > 0 && nextPlace(random) == place) {
                taken++;
                wanted--;
                next = -1;
            }
            place++;
            return taken;
        }

        private long nextPlace(SplittableRandom random) {
            if (next < 0) {
                at += (1 - at) * (1 - Math.pow(random.nextDouble(), 1.0 / wanted));
                next = Math.max(place, Math.min(all - 1, (long) (at * all)));
            }
            return next;
        }
    }

    /** Balls of many colours: says how many of each colour are among some that are drawn. */
    static final class Urn {
        private final long[] balls;
        private final boolean withReplacement;

        Urn(long[] balls, boolean withReplacement) {
            this.balls = balls.clone();
            this.withReplacement = withReplacement;
        }

        /** Of each colour in turn, how many of {@code draws} balls have it; draws no more than there are. */
        long[] draw(long draws, SplittableRandom random) {
            long[] drawn = new long[balls.length];
            long[] ends = new long[balls.length];
            long all = 0;
            for (int colour = 0; colour < balls.length; colour++) {
                all += balls[colour];
                ends[colour] = all;
            }
            if (all == 0) {
                return drawn;
            }
            long count = withReplacement ? draws : Math.min(draws, all);
            Tree left = new Tree(balls);
            for (long i = 0; i < count; i++) {
                int colour = left.colourOf(random.nextLong(withReplacement ? all : all - i));
                drawn[colour]++;
                if (!withReplacement) {
                    left.remove(colour);
                }
            }
            return drawn;
        }
    }

    /** Running sums that change (Fenwick 1994). */
    private static final class Tree {
        private final long[] sums;
        private final int top;

        Tree(long[] values) {
            sums = new long[values.length + 1];
            top = Integer.highestOneBit(Math.max(1, values.length));
            for (int i = 1; i <= values.length; i++) {
                sums[i] += values[i - 1];
                int parent = i + (i & -i);
                if (parent <= values.length) {
                    sums[parent] += sums[i];
                }
            }
        }

        /** The colour of ball number {@code ball} when they lie in the order of their colours. */
        int colourOf(long ball) {
            int at = 0;
            long rest = ball;
            for (int step = top; step > 0; step >>= 1) {
                int next = at + step;
                if (next < sums.length && sums[next] <= rest) {
                    at = next;
                    rest -= sums[next];
                }
            }
            return at;
        }

        void remove(int colour) {
            for (int i = colour + 1; i < sums.length; i += i & -i) {
                sums[i]--;
            }
        }
    }
}
