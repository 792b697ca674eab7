import java.io.IOException;
import java.util.Arrays;

/** Words as bytes in one array, found by a table with open addressing. Arguments: those of a pass, input. */
final class WordCount {
    private byte[] words = new byte[1 << 20];
    private int[] start = new int[1 << 12];
    private int[] length = new int[1 << 12];
    private int[] hash = new int[1 << 12];
    private long[] count = new long[1 << 12];
    private int[] table = new int[1 << 14];
    private int size;
    private int wordBytes;

    public static void main(String[] arguments) throws IOException {
        Storage storage = new Storage();
        new Passes(arguments).run(output -> {
            WordCount counts = new WordCount();
            try (Lines lines = storage.lines(arguments[3])) {
                while (lines.next()) {
                    counts.addLine(lines.buffer(), lines.start(), lines.end());
                }
            }
            try (TextWriter out = new TextWriter(storage.output(output))) {
                counts.write(out);
            }
        });
    }

    private void addLine(byte[] line, int from, int to) {
        int word = from;
        int hashed = 0;
        for (int at = from; at < to; at++) {
            byte letter = line[at];
            if (letter == ' ') {
                add(line, word, at, hashed);
                word = at + 1;
                hashed = 0;
            } else {
                hashed = 31 * hashed + letter;
            }
        }
        add(line, word, to, hashed);
    }

    private void add(byte[] line, int from, int to, int hashed) {
        int mask = table.length - 1;
        int spread = hashed * 0x9E3779B9;
        for (int slot = spread >>> 8 & mask; ; slot = slot + 1 & mask) {
            int entry = table[slot] - 1;
            if (entry < 0) {
                table[slot] = size + 1;
                insert(line, from, to - from, spread);
                return;
            }
            if (hash[entry] == spread
                    && Arrays.equals(words, start[entry], start[entry] + length[entry], line, from, to)) {
                count[entry]++;
                return;
            }
        }
    }

    private void insert(byte[] line, int from, int bytes, int hashed) {
        if (size == start.length) {
            start = Arrays.copyOf(start, 2 * size);
            length = Arrays.copyOf(length, 2 * size);
            hash = Arrays.copyOf(hash, 2 * size);
            count = Arrays.copyOf(count, 2 * size);
        }
        while (wordBytes + bytes > words.length) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
        System.arraycopy(line, from, words, wordBytes, bytes);
        start[size] = wordBytes;
        length[size] = bytes;
        hash[size] = hashed;
        count[size] = 1;
        wordBytes += bytes;
        size++;
        if (2 * size > table.length) {
            grow();
        }
    }

    private void grow() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = hash[entry] >>> 8 & mask;
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = entry + 1;
        }
    }

    private void write(TextWriter out) throws IOException {
        for (int entry = 0; entry < size; entry++) {
            out.bytes(words, start[entry], length[entry]).text("\t" + count[entry] + "\n");
        }
    }
}
