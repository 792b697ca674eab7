import java.io.IOException;
import java.util.Arrays;

/**
 * All values by key in one array after a count, each key's then sorted. Arguments: those of a pass, input.
 */
final class GroupMedians {
    private static final int CHUNK_ROWS = 1 << 20;

    private long[][] chunks = new long[16][];
    private int rows;
    private int keys;

    public static void main(String[] arguments) throws IOException {
        Storage storage = new Storage();
        new Passes(arguments).run(output -> {
            GroupMedians groups = new GroupMedians();
            try (Lines lines = storage.lines(arguments[3])) {
                while (lines.next()) {
                    int tab = lines.tab();
                    groups.add(lines.number(lines.start(), tab), lines.number(tab + 1, lines.end()));
                }
            }
            try (TextWriter out = new TextWriter(storage.output(output))) {
                groups.write(out);
            }
        });
    }

    private void add(int key, int value) {
        int chunk = rows / CHUNK_ROWS;
        if (rows % CHUNK_ROWS == 0) {
            if (chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * chunk);
            }
            chunks[chunk] = new long[CHUNK_ROWS];
        }
        chunks[chunk][rows++ % CHUNK_ROWS] = (long) key << 32 | value;
        keys = Math.max(keys, key + 1);
    }

    private void write(TextWriter out) throws IOException {
        int[] first = new int[keys + 1];
        for (int row = 0; row < rows; row++) {
            first[(int) (row(row) >>> 32) + 1]++;
        }
        for (int key = 0; key < keys; key++) {
            first[key + 1] += first[key];
        }
        int[] next = Arrays.copyOf(first, keys);
        int[] values = new int[rows];
        for (int row = 0; row < rows; row++) {
            values[next[(int) (row(row) >>> 32)]++] = (int) row(row);
        }
        for (int key = 0; key < keys; key++) {
            if (first[key + 1] > first[key]) {
                Arrays.sort(values, first[key], first[key + 1]);
                out.text(key + "\t" + values[first[key] + (first[key + 1] - first[key]) / 2] + "\n");
            }
        }
    }

    private long row(int row) {
        return chunks[row / CHUNK_ROWS][row % CHUNK_ROWS];
    }
}
