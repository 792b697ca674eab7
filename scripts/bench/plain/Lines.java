import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, as places in a buffer. */
final class Lines implements Closeable {
    private final InputStream in;
    private byte[] buffer = new byte[1 << 20];
    private int filled;
    private int start;
    private int end = -1;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Steps to the next line: it lies in {@link #buffer} from {@link #start} to {@link #end}. */
    boolean next() throws IOException {
        start = end + 1;
        end = start;
        while (true) {
            for (; end < filled; end++) {
                if (buffer[end] == '\n') {
                    return true;
                }
            }
            if (!fill()) {
                return start < filled;
            }
        }
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            end -= start;
            start = 0;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, count);
        return count >= 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Where the first tab of the line is. */
    int tab() {
        int at = start;
        while (buffer[at] != '\t') {
            at++;
        }
        return at;
    }

    /** The digits between two places as a number. */
    int number(int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = 10 * number + buffer[at] - '0';
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
