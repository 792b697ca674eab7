package io.raddle.shuffle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From Latin-1 strings to the bits of numbers: an entry is one run of bytes (value, length, characters). */
final class TextMap implements CompactMap {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
    private static final int ALIGNMENT = 8;
    private static final int FIRST_BYTES = 1 << 10;
    private static final int FIRST_CAPACITY = 1 << 6;
    private static final int MAX_BYTES = 1 << 30;

    /** Hash in the upper half, entry plus one in the lower; 0 is empty. */
    private long[] slots = new long[FIRST_CAPACITY];

    private byte[] entries = new byte[FIRST_BYTES];
    private int used;
    private int size;
    /** Keeps {@link #touch} from being optimized away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    @Override
    public int size() {
        return size;
    }

    @Override
    public long bytes() {
        return entries.length + (long) slots.length * Long.BYTES;
    }

    @Override
    public int find(@Nullable Object key, int hash) {
        return key instanceof String text ? find(text, hash) : NONE;
    }

    private int find(String key, int hash) {
        long[] table = slots;
        int mask = table.length - 1;
        for (int at = hash & mask; ; at = at + 1 & mask) {
            long slot = table[at];
            if (slot == 0) {
                return NONE;
            }
            if ((int) (slot >>> 32) == hash) {
                int entry = (int) slot - 1;
                if (holds(entry, key)) {
                    return entry;
                }
            }
        }
    }

    private boolean holds(int entry, String key) {
        byte[] bytes = entries;
        int length = key.length();
        if ((int) INT.get(bytes, entry + Long.BYTES) != length) {
            return false;
        }
        int start = entry + HEAD_BYTES;
        for (int i = 0; i < length; i++) {
            if (key.charAt(i) != (bytes[start + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void touch(int[] hashes, int count) {
        long[] table = slots;
        int mask = table.length - 1;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += table[hashes[i] & mask];
        }
        for (int i = 0; i < count; i++) {
            long slot = table[hashes[i] & mask];
            if (slot != 0) {
                sum += entries[(int) slot - 1];
            }
        }
        touched = sum;
    }

    @Override
    public boolean insert(@Nullable Object key, int hash, long bits) {
        return key instanceof String text && insert(text, hash, bits);
    }

    private boolean insert(String key, int hash, long bits) {
        int length = key.length();
        long needed = (long) used + HEAD_BYTES + length + ALIGNMENT;
        if (needed > MAX_BYTES) {
            return false;
        }
        if (needed > entries.length) {
            entries = Arrays.copyOf(entries, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * entries.length)));
        }
        int start = used + HEAD_BYTES;
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (c > 0xff) {
                return false;
            }
            entries[start + i] = (byte) c;
        }
        LONG.set(entries, used, bits);
        INT.set(entries, used + Long.BYTES, length);
        place(slots, (long) hash << 32 | used + 1);
        used = start + length + ALIGNMENT - 1 & -ALIGNMENT;
        if (++size * 2 > slots.length) {
            rehash();
        }
        return true;
    }

    private static void place(long[] table, long slot) {
        int mask = table.length - 1;
        int at = (int) (slot >>> 32) & mask;
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = slot;
    }

    private void rehash() {
        long[] larger = new long[slots.length * 2];
        for (long slot : slots) {
            if (slot != 0) {
                place(larger, slot);
            }
        }
        slots = larger;
    }

    @Override
    public long bits(int entry) {
        return (long) LONG.get(entries, entry);
    }

    @Override
    public void set(int entry, long bits) {
        LONG.set(entries, entry, bits);
    }

    @Override
    public Object key(int entry) {
        int length = (int) INT.get(entries, entry + Long.BYTES);
        return new String(entries, entry + HEAD_BYTES, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public long[] hashedEntries() {
        long[] hashed = new long[size];
        int count = 0;
        for (long slot : slots) {
            if (slot != 0) {
                hashed[count++] = slot - 1;
            }
        }
        return hashed;
    }

    @Override
    public IntStream entries() {
        return Arrays.stream(slots).filter(slot -> slot != 0).mapToInt(slot -> (int) slot - 1);
    }
}
