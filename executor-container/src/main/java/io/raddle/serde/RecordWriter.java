package io.raddle.serde;

import io.raddle.function.Pair;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Appends values to a byte array that grows. For null, strings, numbers, booleans, byte arrays and pairs of these the
 * layout is canonical: equal values have equal bytes. Used by one thread at a time.
 */
public final class RecordWriter {
    private static final int FIRST_CAPACITY = 128;
    private static final int MAX_FIXED = 11;

    private final RecordFormat format;
    private final ClassTable table;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int size;

    RecordWriter(RecordFormat format, ClassTable table) {
        this.format = format;
        this.table = table;
    }

    /** Bytes written since the last {@link #clear}. */
    public int size() {
        return size;
    }

    /** Bytes of memory that the buffer takes. */
    public int capacity() {
        return buffer.length;
    }

    /** The buffer itself: bytes 0 to {@link #size} are what was written. It changes with the next write. */
    public byte[] buffer() {
        return buffer;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** Appends a value that a writer with the same table wrote, or one that means the same everywhere, as it is. */
    public void copy(byte[] bytes, int offset, int length) {
        ensure(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    /** Forgets what was written; what follows can be read by itself. */
    public void clear() {
        size = 0;
        if (!table.inProcess()) {
            table.truncate(0);
        }
    }

    /** Forgets what was written, and gives back the memory of a buffer that has grown. */
    public void shrink() {
        clear();
        buffer = new byte[FIRST_CAPACITY];
    }

    /**
     * Appends {@code value}.
     *
     * @throws io.raddle.fault.RaddleException with {@code NotSerializable} when it cannot travel; nothing is appended
     */
    public void write(@Nullable Object value) {
        int start = size;
        int classes = table.size();
        try {
            append(value);
        } catch (RuntimeException | Error e) {
            size = start;
            table.truncate(classes);
            throw e;
        }
    }

    private void append(@Nullable Object value) {
        ensure(MAX_FIXED);
        if (value == null) {
            buffer[size++] = Tag.NULL;
            return;
        }
        Class<?> type = value.getClass();
        if (type == String.class) {
            appendString((String) value);
        } else if (type == Pair.class) {
            buffer[size++] = Tag.PAIR;
            append(((Pair<?, ?>) value).key());
            append(((Pair<?, ?>) value).value());
        } else if (type == Long.class) {
            buffer[size++] = Tag.LONG;
            appendVarLong(zigzag((Long) value));
        } else if (type == Integer.class) {
            buffer[size++] = Tag.INTEGER;
            appendVarLong(zigzag((Integer) value));
        } else if (type == Double.class) {
            buffer[size++] = Tag.DOUBLE;
            appendLong(Double.doubleToLongBits((Double) value));
        } else {
            appendRare(value, type);
        }
    }

    private void appendRare(Object value, Class<?> type) {
        if (type == Boolean.class) {
            buffer[size++] = (byte) ((Boolean) value ? Tag.TRUE : Tag.FALSE);
        } else if (type == byte[].class) {
            byte[] bytes = (byte[]) value;
            buffer[size++] = Tag.BYTES;
            appendVarLong(bytes.length);
            appendBytes(bytes, bytes.length);
        } else if (type == int[].class) {
            int[] numbers = (int[]) value;
            int at = appendArray(Tag.INTS, numbers.length, Integer.BYTES);
            NumberArrays.put(numbers, buffer, at);
        } else if (type == double[].class) {
            double[] numbers = (double[]) value;
            int at = appendArray(Tag.DOUBLES, numbers.length, Double.BYTES);
            NumberArrays.put(numbers, buffer, at);
        } else if (type == long[].class) {
            long[] numbers = (long[]) value;
            int at = appendArray(Tag.LONGS, numbers.length, Long.BYTES);
            NumberArrays.put(numbers, buffer, at);
        } else if (type == Float.class) {
            buffer[size++] = Tag.FLOAT;
            appendInt(Float.floatToIntBits((Float) value));
        } else if (type == Byte.class) {
            buffer[size++] = Tag.BYTE;
            buffer[size++] = (Byte) value;
        } else if (type == Short.class) {
            buffer[size++] = Tag.SHORT;
            appendVarLong(zigzag((Short) value));
        } else if (type == Character.class) {
            buffer[size++] = Tag.CHARACTER;
            appendVarLong((Character) value);
        } else if (value instanceof Sequence sequence) {
            buffer[size++] = Tag.SEQUENCE;
            appendVarLong(sequence.count());
            sequence.forEach(this::append);
        } else {
            appendGeneral(value);
        }
    }

    /** Makes room for the numbers of an array, and answers where they go. */
    private int appendArray(int tag, int count, int width) {
        buffer[size++] = (byte) tag;
        appendVarLong(count);
        long bytes = (long) count * width;
        ensure(bytes);
        size += (int) bytes;
        return size - (int) bytes;
    }

    private void appendString(String value) {
        int length = value.length();
        ensure(MAX_FIXED + length);
        int start = size;
        buffer[size++] = Tag.LATIN_1;
        appendVarLong(length);
        byte[] out = buffer;
        int at = size;
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            all |= c;
            out[at + i] = (byte) c;
        }
        size = at + length;
        if (all > 0xff) {
            size = start;
            appendUtf16(value, length);
        }
    }

    private void appendUtf16(String value, int length) {
        ensure(MAX_FIXED + 2L * length);
        buffer[size++] = Tag.UTF_16;
        appendVarLong(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            buffer[size++] = (byte) (c >> 8);
            buffer[size++] = (byte) c;
        }
    }

    /** The length goes first, so that it can be filled in when the value is written. */
    private void appendGeneral(Object value) {
        buffer[size++] = Tag.GENERAL;
        GeneralCodec codec = format.borrow();
        try {
            buffer = codec.write(value, table, buffer, size);
            size = codec.end();
        } finally {
            format.giveBack(codec);
        }
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private void appendVarLong(long value) {
        byte[] out = buffer;
        int at = size;
        while ((value & ~0x7fL) != 0) {
            out[at++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        out[at++] = (byte) value;
        size = at;
    }

    private void appendLong(long value) {
        appendInt((int) (value >>> 32));
        appendInt((int) value);
    }

    private void appendInt(int value) {
        byte[] out = buffer;
        int at = size;
        out[at] = (byte) (value >>> 24);
        out[at + 1] = (byte) (value >>> 16);
        out[at + 2] = (byte) (value >>> 8);
        out[at + 3] = (byte) value;
        size = at + 4;
    }

    private void appendBytes(byte[] bytes, int length) {
        ensure(length);
        System.arraycopy(bytes, 0, buffer, size, length);
        size += length;
    }

    private void ensure(long more) {
        long needed = size + more;
        if (needed > buffer.length) {
            grow(needed);
        }
    }

    private void grow(long needed) {
        buffer = TooLarge.grown(buffer, needed);
    }
}
