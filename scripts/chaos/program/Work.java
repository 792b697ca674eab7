import java.io.Serializable;
import java.util.Arrays;

/** What is computed, as plain Java does it: numbers made of a seed, so that any machine has the same. */
final class Work implements Serializable {
    static final int WORDS = 5000;

    private final long seed;

    Work(long seed) {
        this.seed = seed;
    }

    /** The number at an index: SplitMix64 (Steele, Lea, Flood; OOPSLA 2014). */
    long number(long index) {
        long mixed = seed + (index + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    int word(long index) {
        return (int) Long.remainderUnsigned(number(index), WORDS);
    }

    /** A sum that does not depend on the order, of which each part depends on both. */
    static long part(long one, long other) {
        return (one * 31 + 7) * (other * 17 + 3);
    }

    long words(int size) {
        long[] counts = new long[WORDS];
        for (int index = 0; index < size; index++) {
            counts[word(index)]++;
        }
        long sum = 0;
        for (int word = 0; word < WORDS; word++) {
            sum += counts[word] == 0 ? 0 : part(word, counts[word]);
        }
        return sum;
    }

    long joined(int size) {
        long sum = 0;
        for (int index = 0; index < size; index++) {
            sum += part(index, number(word(index)));
        }
        return sum;
    }

    long sorted(int size) {
        long[] numbers = new long[size];
        Arrays.setAll(numbers, this::number);
        Arrays.sort(numbers);
        long sum = 0;
        for (int index = 0; index < size; index++) {
            sum += part(numbers[index], index);
        }
        return sum;
    }

    /** Of three passes over what is kept. */
    long kept(int size) {
        long sum = 0;
        for (long index = 0; index < size; index++) {
            sum += part(number(index), 1) + part(number(index), 2) + part(number(index), 3);
        }
        return sum;
    }
}
