import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Text whose words are as unequally frequent as those of a language: Zipf with exponent 1.05, always the same. */
final class ZipfText {
    private static final int WORDS = 200_000;
    private static final double EXPONENT = 1.05;
    private static final int WORDS_PER_LINE = 11;

    private final SplittableRandom random = new SplittableRandom(20_261_120);
    private final byte[][] words = new byte[WORDS][];
    private final double[] threshold = new double[WORDS];
    private final int[] alias = new int[WORDS];

    private ZipfText() {
        for (int rank = 0; rank < WORDS; rank++) {
            words[rank] = word(rank);
        }
        prepareAliases();
    }

    /** Writes that many bytes, give or take a line. */
    static void write(OutputStream out, long bytes) throws IOException {
        ZipfText text = new ZipfText();
        for (long written = 0; written < bytes; ) {
            for (int column = 0; column < WORDS_PER_LINE; column++) {
                byte[] word = text.words[text.draw()];
                out.write(word);
                out.write(column + 1 < WORDS_PER_LINE ? ' ' : '\n');
                written += word.length + 1;
            }
        }
    }

    /** Letters that no other rank has: the rank itself, then some at random. */
    private byte[] word(int rank) {
        StringBuilder word = new StringBuilder();
        for (int rest = rank; rest > 0 || word.isEmpty(); rest /= 25) {
            word.append((char) ('a' + rest % 25));
        }
        word.append('z');
        for (int more = random.nextInt(5); more > 0; more--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Walker's method: one draw costs the same for any number of words. */
    private void prepareAliases() {
        double sum = 0;
        for (int rank = 0; rank < WORDS; rank++) {
            threshold[rank] = Math.pow(rank + 1.0, -EXPONENT);
            sum += threshold[rank];
        }
        int[] small = new int[WORDS];
        int[] large = new int[WORDS];
        int smalls = 0;
        int larges = 0;
        for (int rank = 0; rank < WORDS; rank++) {
            threshold[rank] *= WORDS / sum;
            if (threshold[rank] < 1) {
                small[smalls++] = rank;
            } else {
                large[larges++] = rank;
            }
        }
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[larges - 1];
            alias[less] = more;
            threshold[more] -= 1 - threshold[less];
            if (threshold[more] < 1) {
                larges--;
                small[smalls++] = more;
            }
        }
        while (smalls > 0) {
            threshold[small[--smalls]] = 1;
        }
        while (larges > 0) {
            threshold[large[--larges]] = 1;
        }
    }

    private int draw() {
        int rank = random.nextInt(WORDS);
        return random.nextDouble() < threshold[rank] ? rank : alias[rank];
    }
}
