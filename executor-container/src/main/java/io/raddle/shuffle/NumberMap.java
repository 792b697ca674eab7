package io.raddle.shuffle;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From whole numbers to the bits of numbers: key and value side by side in one open-addressing table. */
final class NumberMap implements CompactMap {
    private static final int FIRST_CAPACITY = 1 << 6;
    private static final int MAX_CAPACITY = 1 << 28;
    /** The key of a free slot, which as a key is of no use here. */
    private static final long FREE = 0x8b1f_3c5d_7e92_a640L;

    private final NumberKind kind;
    private long[] table = empty(FIRST_CAPACITY);
    private int size;
    /** Keeps {@link #touch} from being optimized away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    NumberMap(NumberKind kind) {
        this.kind = kind;
    }

    private static long[] empty(int capacity) {
        long[] table = new long[2 * capacity];
        Arrays.fill(table, FREE);
        return table;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long bytes() {
        return (long) table.length * Long.BYTES;
    }

    @Override
    public int find(@Nullable Object key, int hash) {
        if (key == null || NumberKind.of(key) != kind) {
            return NONE;
        }
        long wanted = kind.bits(key);
        if (wanted == FREE) {
            return NONE;
        }
        long[] slots = table;
        int mask = slots.length - 1;
        for (int at = hash << 1 & mask; ; at = at + 2 & mask) {
            long found = slots[at];
            if (found == wanted) {
                return at;
            }
            if (found == FREE) {
                return NONE;
            }
        }
    }

    @Override
    public void touch(int[] hashes, int count) {
        long[] slots = table;
        int mask = slots.length - 1;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += slots[hashes[i] << 1 & mask];
        }
        touched = sum;
    }

    @Override
    public boolean insert(@Nullable Object key, int hash, long bits) {
        if (key == null || NumberKind.of(key) != kind || kind.bits(key) == FREE) {
            return false;
        }
        if (size * 4L > table.length) {
            if (table.length == 2 * MAX_CAPACITY) {
                return false;
            }
            grow();
        }
        place(table, kind.bits(key), hash, bits);
        size++;
        return true;
    }

    private static void place(long[] slots, long key, int hash, long bits) {
        int mask = slots.length - 1;
        int at = hash << 1 & mask;
        while (slots[at] != FREE) {
            at = at + 2 & mask;
        }
        slots[at] = key;
        slots[at + 1] = bits;
    }

    private void grow() {
        long[] larger = empty(table.length);
        for (int at = 0; at < table.length; at += 2) {
            if (table[at] != FREE) {
                place(larger, table[at], hash(at), table[at + 1]);
            }
        }
        table = larger;
    }

    private int hash(int entry) {
        return CombiningMap.spread(kind.hashCode(table[entry]));
    }

    @Override
    public Object key(int entry) {
        return kind.number(table[entry]);
    }

    @Override
    public long bits(int entry) {
        return table[entry + 1];
    }

    @Override
    public void set(int entry, long bits) {
        table[entry + 1] = bits;
    }

    @Override
    public long[] hashedEntries() {
        return entries()
                .mapToLong(entry -> (long) hash(entry) << Integer.SIZE | entry)
                .toArray();
    }

    @Override
    public IntStream entries() {
        return IntStream.range(0, table.length / 2).map(slot -> 2 * slot).filter(entry -> table[entry] != FREE);
    }
}
