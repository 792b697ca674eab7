import java.io.IOException;

/**
 * All records in one array, their keys as numbers beside it, sorted by radix: what moves is 16 bytes of a record.
 * Arguments: those of a pass, input.
 */
final class Sort {
    private static final int RECORD_BYTES = 100;
    private static final int DIGITS = 256;

    private long[] heads;
    private long[] tails;
    private long[] otherHeads;
    private long[] otherTails;

    public static void main(String[] arguments) throws IOException {
        Storage storage = new Storage();
        new Passes(arguments).run(output -> {
            byte[] records = storage.content(arguments[3]);
            Sort sort = new Sort(records);
            sort.sort();
            try (TextWriter out = new TextWriter(storage.output(output))) {
                sort.write(records, out);
            }
        });
    }

    /** Heads are the first 8 bytes of the keys; tails the other 2, and the number of the record. */
    private Sort(byte[] records) {
        int count = records.length / RECORD_BYTES;
        heads = new long[count];
        tails = new long[count];
        otherHeads = new long[count];
        otherTails = new long[count];
        for (int record = 0, at = 0; record < count; record++, at += RECORD_BYTES) {
            long head = 0;
            for (int index = 0; index < 8; index++) {
                head = head << 8 | records[at + index] & 0xff;
            }
            heads[record] = head;
            tails[record] = (records[at + 8] & 0xffL) << 40 | (records[at + 9] & 0xffL) << 32 | record;
        }
    }

    private void sort() {
        for (int shift = 32; shift <= 40; shift += 8) {
            pass(tails, shift);
        }
        for (int shift = 0; shift < 64; shift += 8) {
            pass(heads, shift);
        }
    }

    /** Moves all to the order of one byte of {@code keys}, and keeps the order of those that have it in common. */
    private void pass(long[] keys, int shift) {
        int[] next = new int[DIGITS];
        for (long key : keys) {
            next[(int) (key >>> shift) & 0xff]++;
        }
        int before = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int of = next[digit];
            next[digit] = before;
            before += of;
        }
        for (int index = 0; index < keys.length; index++) {
            int to = next[(int) (keys[index] >>> shift) & 0xff]++;
            otherHeads[to] = heads[index];
            otherTails[to] = tails[index];
        }
        long[] sorted = otherHeads;
        otherHeads = heads;
        heads = sorted;
        sorted = otherTails;
        otherTails = tails;
        tails = sorted;
    }

    private void write(byte[] records, TextWriter out) throws IOException {
        for (long tail : tails) {
            out.bytes(records, (int) tail * RECORD_BYTES, RECORD_BYTES);
        }
    }
}
