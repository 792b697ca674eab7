package io.raddle.shuffle;

import org.jspecify.annotations.Nullable;

/** Numbers that fit into the bits of a long, and come back as what they were. */
enum NumberKind {
    LONG {
        @Override
        long bits(Object number) {
            return (Long) number;
        }

        @Override
        Object number(long bits) {
            return bits;
        }

        @Override
        int hashCode(long bits) {
            return Long.hashCode(bits);
        }
    },
    INTEGER {
        @Override
        long bits(Object number) {
            return (Integer) number;
        }

        @Override
        Object number(long bits) {
            return (int) bits;
        }

        @Override
        int hashCode(long bits) {
            return Integer.hashCode((int) bits);
        }
    },
    DOUBLE {
        @Override
        long bits(Object number) {
            return Double.doubleToRawLongBits((Double) number);
        }

        @Override
        Object number(long bits) {
            return Double.longBitsToDouble(bits);
        }

        @Override
        int hashCode(long bits) {
            return Double.hashCode(Double.longBitsToDouble(bits));
        }
    };

    /** The kind of {@code object}, or null for what is none of these numbers. */
    static @Nullable NumberKind of(@Nullable Object object) {
        if (object == null) {
            return null;
        }
        Class<?> type = object.getClass();
        if (type == Long.class) {
            return LONG;
        }
        if (type == Integer.class) {
            return INTEGER;
        }
        return type == Double.class ? DOUBLE : null;
    }

    abstract long bits(Object number);

    abstract Object number(long bits);

    /** What {@link Object#hashCode} of the number is. */
    abstract int hashCode(long bits);
}
