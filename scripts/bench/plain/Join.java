import java.io.IOException;

/**
 * How often each key is on the right, in a table with open addressing: what counts pairs needs no more. Arguments:
 * those of a pass, left, right.
 */
final class Join {
    private int[] keys = new int[1 << 16];
    /** 0 for an empty slot. */
    private int[] counts = new int[1 << 16];

    private int size;

    public static void main(String[] arguments) throws IOException {
        Storage storage = new Storage();
        Passes passes = new Passes(arguments);
        passes.run(output -> {
            Join right = new Join();
            try (Lines lines = storage.lines(arguments[4])) {
                while (lines.next()) {
                    right.add(lines.number(lines.start(), lines.tab()), 1);
                }
            }
            long pairs = 0;
            try (Lines lines = storage.lines(arguments[3])) {
                while (lines.next()) {
                    pairs += right.counts[right.slot(lines.number(lines.start(), lines.tab()))];
                }
            }
            passes.answer(output, pairs);
        });
    }

    private void add(int key, int count) {
        int slot = slot(key);
        if (counts[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        counts[slot] += count;
        if (2 * size > keys.length) {
            grow();
        }
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new int[2 * oldKeys.length];
        counts = new int[keys.length];
        size = 0;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldCounts[slot] > 0) {
                add(oldKeys[slot], oldCounts[slot]);
            }
        }
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = key * 0x9E3779B9 >>> 8 & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
