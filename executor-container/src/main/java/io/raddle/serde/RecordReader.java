package io.raddle.serde;

import io.raddle.function.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the values that a {@link RecordWriter} wrote, from a part of a byte array. Used by one thread at a time. */
public final class RecordReader {
    private static final byte[] NOTHING = {};

    private final RecordFormat format;
    private final ClassTable table;
    private byte[] bytes = NOTHING;
    private int position;
    private int end;
    private int keyStart;
    private int valueStart;

    RecordReader(RecordFormat format, ClassTable table) {
        this.format = format;
        this.table = table;
    }

    /** Goes on with other bytes, which must be whole values. */
    public void reset(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        position = offset;
        end = offset + length;
        if (!table.inProcess()) {
            table.truncate(0);
        }
    }

    /** Whether there is another value. */
    public boolean hasNext() {
        return position < end;
    }

    /** Where in the byte array the next value starts. */
    public int position() {
        return position;
    }

    /** The bytes that are read from. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Whether the value that starts at {@code offset} can be equal only to one of the same bytes; false also where nobody
     * knows.
     */
    public static boolean isCanonical(byte[] bytes, int offset) {
        return bytes[offset] < Tag.PAIR;
    }

    /**
     * Steps over the next value without decoding it, if it is a pair of values whose bytes mean the same in all places;
     * otherwise nothing happens. Where its key and, right behind it, its value lie can be asked afterwards.
     */
    public boolean cutPair() {
        int start = position;
        if (bytes[position++] == Tag.PAIR) {
            keyStart = position;
            if (skip()) {
                valueStart = position;
                if (skip()) {
                    return true;
                }
            }
        }
        position = start;
        return false;
    }

    /** Where the key of the pair that was cut starts. */
    public int keyStart() {
        return keyStart;
    }

    /** Bytes of the key of the pair that was cut. */
    public int keyLength() {
        return valueStart - keyStart;
    }

    /** Bytes of the value of the pair that was cut. */
    public int valueLength() {
        return position - valueStart;
    }

    /** The key of the pair that was cut. */
    public @Nullable Object key() {
        int after = position;
        position = keyStart;
        Object key = read();
        position = after;
        return key;
    }

    /** Whether the key of the pair that was cut is a byte array, or a pair that may hold one. */
    public boolean mayKeyHoldArrays() {
        return bytes[keyStart] >= Tag.BYTES;
    }

    /** The hash code of the key of the pair that was cut; 0 for null. */
    public int keyHashCode() {
        int after = position;
        position = keyStart;
        int hash;
        switch (bytes[position++]) {
            case Tag.INTEGER -> hash = (int) unzigzag(varLong());
            case Tag.LONG -> hash = Long.hashCode(unzigzag(varLong()));
            case Tag.LATIN_1 -> hash = latin1HashCode();
            default -> {
                position--;
                hash = Objects.hashCode(read());
            }
        }
        position = after;
        return hash;
    }

    private int latin1HashCode() {
        int length = (int) varLong();
        int hash = 0;
        for (int i = position; i < position + length; i++) {
            hash = 31 * hash + (bytes[i] & 0xff);
        }
        return hash;
    }

    /** Steps over a value; false, somewhere within it, when its bytes refer to the table of their frame. */
    private boolean skip() {
        switch (bytes[position++]) {
            case Tag.NULL, Tag.FALSE, Tag.TRUE -> {}
            case Tag.BYTE -> position++;
            case Tag.SHORT, Tag.CHARACTER, Tag.INTEGER, Tag.LONG -> varLong();
            case Tag.FLOAT -> position += Float.BYTES;
            case Tag.DOUBLE -> position += Double.BYTES;
            case Tag.LATIN_1, Tag.BYTES -> {
                int length = (int) varLong();
                position += length;
            }
            case Tag.UTF_16 -> {
                int length = (int) varLong();
                position += Character.BYTES * length;
            }
            case Tag.INTS -> skipArray(Integer.BYTES);
            case Tag.LONGS, Tag.DOUBLES -> skipArray(Long.BYTES);
            case Tag.PAIR -> {
                boolean isKeyPlain = skip();
                return isKeyPlain && skip();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void skipArray(int width) {
        int count = (int) varLong();
        position += count * width;
    }

    /** The next value. */
    public @Nullable Object read() {
        int tag = bytes[position++];
        return switch (tag) {
            case Tag.LATIN_1 -> latin1();
            case Tag.PAIR -> {
                Object key = read();
                Object value = read();
                yield pair(key, value);
            }
            case Tag.LONG -> unzigzag(varLong());
            case Tag.INTEGER -> (int) unzigzag(varLong());
            case Tag.DOUBLE -> Double.longBitsToDouble(fixedLong());
            case Tag.NULL -> null;
            default -> readRare(tag);
        };
    }

    private @Nullable Object readRare(int tag) {
        return switch (tag) {
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.BYTE -> bytes[position++];
            case Tag.SHORT -> (short) unzigzag(varLong());
            case Tag.CHARACTER -> (char) varLong();
            case Tag.FLOAT -> Float.intBitsToFloat(fixedInt());
            case Tag.UTF_16 -> utf16();
            case Tag.BYTES -> {
                int length = (int) varLong();
                position += length;
                yield Arrays.copyOfRange(bytes, position - length, position);
            }
            case Tag.INTS -> {
                int count = (int) varLong();
                position += count * Integer.BYTES;
                yield NumberArrays.ints(bytes, position - count * Integer.BYTES, count);
            }
            case Tag.LONGS -> {
                int count = (int) varLong();
                position += count * Long.BYTES;
                yield NumberArrays.longs(bytes, position - count * Long.BYTES, count);
            }
            case Tag.DOUBLES -> {
                int count = (int) varLong();
                position += count * Double.BYTES;
                yield NumberArrays.doubles(bytes, position - count * Double.BYTES, count);
            }
            case Tag.SEQUENCE -> sequence();
            case Tag.GENERAL -> general();
            default -> throw new IllegalStateException("no value starts with byte " + tag + " at " + (position - 1));
        };
    }

    @SuppressWarnings("NullAway") // a pair may hold nulls: the user's program put them there
    private static Object pair(@Nullable Object key, @Nullable Object value) {
        return new Pair<>(key, value);
    }

    private String latin1() {
        int length = (int) varLong();
        position += length;
        return new String(bytes, position - length, length, StandardCharsets.ISO_8859_1);
    }

    /** By hand, since the JDK's decoder replaces lone surrogates. */
    private String utf16() {
        char[] chars = new char[(int) varLong()];
        int at = position;
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[at] << 8 | (bytes[at + 1] & 0xff));
            at += 2;
        }
        position = at;
        return new String(chars);
    }

    private List<@Nullable Object> sequence() {
        int count = Math.toIntExact(varLong());
        List<@Nullable Object> values = new ArrayList<>(Math.min(count, end - position));
        for (int i = 0; i < count; i++) {
            values.add(read());
        }
        return values;
    }

    private Object general() {
        GeneralCodec codec = format.borrow();
        try {
            Object value = codec.read(table, bytes, position, end);
            position = codec.end();
            return value;
        } finally {
            format.giveBack(codec);
        }
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    private long varLong() {
        byte[] in = bytes;
        int at = position;
        long value = in[at++];
        if (value < 0) {
            value &= 0x7f;
            int shift = 7;
            byte next;
            do {
                next = in[at++];
                value |= (next & 0x7fL) << shift;
                shift += 7;
            } while (next < 0);
        }
        position = at;
        return value;
    }

    private long fixedLong() {
        long high = fixedInt();
        return high << 32 | (fixedInt() & 0xffff_ffffL);
    }

    private int fixedInt() {
        byte[] in = bytes;
        int at = position;
        position = at + 4;
        return in[at] << 24 | (in[at + 1] & 0xff) << 16 | (in[at + 2] & 0xff) << 8 | (in[at + 3] & 0xff);
    }
}
