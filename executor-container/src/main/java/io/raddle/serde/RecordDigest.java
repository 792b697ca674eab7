package io.raddle.serde;

import io.raddle.fault.RaddleException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits that follow from what a record holds, the same in every JVM: of its serialized form, with the elements of sets
 * and maps that have no order taken in any order, and with no trace of which objects were one and the same. Used by one
 * thread at a time.
 */
public final class RecordDigest {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long OTHER_FACTOR = 0xD6E8FEB86659FD93L;
    private static final int KEPT_BYTES = 64 << 10;

    private final RecordWriter canonical;
    private final RecordWriter plain;

    RecordDigest(RecordFormat canonical, RecordFormat plain) {
        this.canonical = canonical.writer();
        this.plain = plain.writer();
    }

    /**
     * The digest of {@code value}.
     *
     * @throws RaddleException with {@code NotSerializable} when it could not travel either
     */
    public long of(@Nullable Object value) {
        try {
            return of(canonical, value);
        } catch (RaddleException e) {
            // Objects that hold each other in a circle can only be told with their identities.
            return of(plain, value);
        }
    }

    private static long of(RecordWriter writer, @Nullable Object value) {
        writer.write(value);
        long hash = of(writer.buffer(), writer.size());
        if (writer.capacity() > KEPT_BYTES) {
            writer.shrink();
        } else {
            writer.clear();
        }
        return hash;
    }

    static long of(byte[] bytes, int size) {
        long hash = size * FACTOR;
        int at = 0;
        for (; at + Long.BYTES <= size; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < size; at++) {
            rest = (rest << 8) | (bytes[at] & 0xff);
        }
        return mixed(mixed(hash ^ rest));
    }

    static long mixed(long value) {
        long product = value * FACTOR;
        return (product ^ (product >>> 32)) * OTHER_FACTOR;
    }
}
