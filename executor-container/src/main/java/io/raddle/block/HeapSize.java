package io.raddle.block;

import io.raddle.function.Pair;
import io.raddle.serde.RecordFormat;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much heap a record takes: exactly for common types, by their fields for classes of the user, and from the
 * serialized size where a class does not let its fields be seen. Large collections are measured by their first elements.
 * Used by one thread.
 */
final class HeapSize {
    private static final int HEADER_BYTES = 16;
    private static final int REFERENCE_BYTES = 4;
    private static final int STRING_BYTES = 40;
    private static final int COLLECTION_BYTES = 48;
    private static final int LIST_ELEMENT_BYTES = 6;
    private static final int SET_ELEMENT_BYTES = 48;
    private static final int MEASURED_ELEMENTS = 64;
    private static final int DEEPEST = 32;
    /** How much larger than its serialized form an object usually is in memory. */
    private static final int GROWTH = 4;

    private final RecordFormat format;
    private final Map<Class<?>, Shape> shapes = new IdentityHashMap<>();
    private final Map<Object, Boolean> seen = new IdentityHashMap<>();

    /** The references of a class; {@code opaque} when they cannot be seen. */
    private record Shape(long bytes, List<Field> references, boolean opaque) {}

    HeapSize(RecordFormat format) {
        this.format = format;
    }

    long of(@Nullable Object record) {
        seen.clear();
        return of(record, 0);
    }

    private long of(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean || value instanceof Enum<?> || value instanceof Class<?>) {
            return 0;
        }
        if (value instanceof String text) {
            return STRING_BYTES + (isLatin1(text) ? text.length() : 2L * text.length());
        }
        if (value instanceof Number && value.getClass().getClassLoader() == null && isBox(value)) {
            return value instanceof Long || value instanceof Double ? HEADER_BYTES + Long.BYTES : HEADER_BYTES;
        }
        if (depth > DEEPEST || seen.put(value, true) != null) {
            return 0;
        }
        if (value instanceof Pair<?, ?> pair) {
            return HEADER_BYTES + 2 * REFERENCE_BYTES + of(pair.key(), depth + 1) + of(pair.value(), depth + 1);
        }
        if (value.getClass().isArray()) {
            return array(value, depth);
        }
        if (value instanceof Collection<?> collection) {
            int each = collection instanceof List<?> ? LIST_ELEMENT_BYTES : SET_ELEMENT_BYTES;
            return COLLECTION_BYTES + elements(collection, collection.size(), each, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return COLLECTION_BYTES
                    + elements(map.keySet(), map.size(), SET_ELEMENT_BYTES, depth)
                    + elements(map.values(), map.size(), 0, depth);
        }
        return object(value, depth);
    }

    private static boolean isBox(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte;
    }

    private static boolean isLatin1(String text) {
        int looked = Math.min(text.length(), MEASURED_ELEMENTS);
        for (int i = 0; i < looked; i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    private long array(Object array, int depth) {
        int length = Array.getLength(array);
        Class<?> of = array.getClass().getComponentType();
        if (of.isPrimitive()) {
            return HEADER_BYTES + aligned((long) length * width(of));
        }
        long measured = 0;
        int looked = Math.min(length, MEASURED_ELEMENTS);
        for (int i = 0; i < looked; i++) {
            measured += of(Array.get(array, i), depth + 1);
        }
        return HEADER_BYTES + (long) length * REFERENCE_BYTES + scaled(measured, looked, length);
    }

    private long elements(Iterable<?> elements, int size, int each, int depth) {
        long measured = 0;
        int looked = 0;
        for (Object element : elements) {
            if (looked == MEASURED_ELEMENTS) {
                break;
            }
            measured += of(element, depth + 1);
            looked++;
        }
        return (long) size * each + scaled(measured, looked, size);
    }

    private static long scaled(long measured, int looked, int size) {
        return looked == size ? measured : (long) ((double) measured * size / looked);
    }

    private long object(Object value, int depth) {
        Shape shape = shapes.get(value.getClass());
        if (shape == null) {
            shape = shape(value.getClass());
            shapes.put(value.getClass(), shape);
        }
        if (shape.opaque()) {
            return HEADER_BYTES + (long) GROWTH * format.toBytes(value).length;
        }
        long bytes = shape.bytes();
        for (Field field : shape.references()) {
            try {
                bytes += of(field.get(value), depth + 1);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " was accessible before", e);
            }
        }
        return bytes;
    }

    private static Shape shape(Class<?> type) {
        long bytes = HEADER_BYTES;
        List<Field> references = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                if (field.getType().isPrimitive()) {
                    bytes += width(field.getType());
                } else if (field.trySetAccessible()) {
                    bytes += REFERENCE_BYTES;
                    references.add(field);
                } else {
                    return new Shape(0, List.of(), true);
                }
            }
        }
        return new Shape(aligned(bytes), references, false);
    }

    private static int width(Class<?> primitive) {
        if (primitive == long.class || primitive == double.class) {
            return Long.BYTES;
        }
        if (primitive == int.class || primitive == float.class) {
            return Integer.BYTES;
        }
        return primitive == short.class || primitive == char.class ? Short.BYTES : 1;
    }

    private static long aligned(long bytes) {
        return (bytes + 7) / 8 * 8;
    }
}
