import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/** Lines of numbers and letters at random, always the same. */
final class Rows {
    private static final int KEY_BYTES = 10;
    private static final int RECORD_BYTES = 100;

    private Rows() {}

    /** Two numbers and a tab between them, each even below its limit. */
    static void pairs(OutputStream out, long seed, int rows, int keys, int values) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] line = new byte[24];
        for (int row = 0; row < rows; row++) {
            int at = digits(random.nextInt(keys), line, 0);
            line[at++] = '\t';
            at = digits(random.nextInt(values), line, at);
            line[at++] = '\n';
            out.write(line, 0, at);
        }
    }

    /** From any node to some that are more popular than others: the share of those below x nodes grows as its root. */
    static void edges(OutputStream out, int edges, int nodes) throws IOException {
        SplittableRandom random = new SplittableRandom(20_261_123);
        byte[] line = new byte[24];
        for (int edge = 0; edge < edges; edge++) {
            int at = digits(random.nextInt(nodes), line, 0);
            line[at++] = '\t';
            double place = random.nextDouble();
            at = digits((int) (nodes * place * place), line, at);
            line[at++] = '\n';
            out.write(line, 0, at);
        }
    }

    /** Records of 100 bytes with the line's end, of which the first 10 are the key. */
    static void records(OutputStream out, int records) throws IOException {
        SplittableRandom random = new SplittableRandom(20_261_124);
        byte[] line = new byte[RECORD_BYTES];
        line[RECORD_BYTES - 1] = '\n';
        for (int record = 0; record < records; record++) {
            for (int at = 0; at < KEY_BYTES; at++) {
                line[at] = (byte) ('!' + random.nextInt(94));
            }
            for (int at = KEY_BYTES; at < RECORD_BYTES - 1; at += 8) {
                long letters = random.nextLong();
                for (int end = Math.min(at + 8, RECORD_BYTES - 1), each = at; each < end; each++, letters >>>= 8) {
                    line[each] = (byte) ('A' + (letters & 15));
                }
            }
            out.write(line);
        }
    }

    /** Points around centers, coordinates with four decimals and blanks between them. */
    static void vectors(OutputStream out, int vectors, int centers, int dimensions) throws IOException {
        SplittableRandom random = new SplittableRandom(20_261_125);
        double[][] center = new double[centers][dimensions];
        for (double[] each : center) {
            for (int dimension = 0; dimension < dimensions; dimension++) {
                each[dimension] = 100 * random.nextDouble();
            }
        }
        StringBuilder line = new StringBuilder();
        for (int vector = 0; vector < vectors; vector++) {
            double[] near = center[random.nextInt(centers)];
            line.setLength(0);
            for (int dimension = 0; dimension < dimensions; dimension++) {
                // Three draws in a row are near enough to a bell.
                double off = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
                long tenThousandths = Math.round((near[dimension] + 20 * off + 100) * 10_000);
                line.append(dimension == 0 ? "" : " ").append(tenThousandths / 10_000).append('.');
                line.append(String.format(Locale.ROOT, "%04d", tenThousandths % 10_000));
            }
            out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static int digits(int number, byte[] line, int from) {
        int end = from;
        for (int rest = number; end == from || rest > 0; rest /= 10) {
            line[end++] = (byte) ('0' + rest % 10);
        }
        for (int low = from, high = end - 1; low < high; low++, high--) {
            byte digit = line[low];
            line[low] = line[high];
            line[high] = digit;
        }
        return end;
    }
}
