package io.raddle.function;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hash codes that are the same in every process. Where {@code hashCode} already is, it is used as it stands; enums, and
 * records and pairs with an enum inside, would differ from JVM to JVM and part equal keys, so they are hashed by name;
 * a class that inherits {@code Object.hashCode} is refused. Safe for all threads.
 */
final class StableHash {
    private static final ClassValue<ToIntFunction<Object>> BY_CLASS = new ClassValue<>() {
        @Override
        protected ToIntFunction<Object> computeValue(Class<?> type) {
            return functionFor(type);
        }
    };

    private StableHash() {}

    static int of(@Nullable Object key) {
        if (key == null) {
            return 0;
        }
        if (key instanceof String || key instanceof Integer || key instanceof Long) {
            return key.hashCode();
        }
        return BY_CLASS.get(key.getClass()).applyAsInt(key);
    }

    private static ToIntFunction<Object> functionFor(Class<?> type) {
        if (Enum.class.isAssignableFrom(type)) {
            return value -> ((Enum<?>) value).name().hashCode();
        }
        if (type == Pair.class) {
            return value -> 31 * of(((Pair<?, ?>) value).key()) + of(((Pair<?, ?>) value).value());
        }
        if (List.class.isAssignableFrom(type)) {
            return StableHash::ofElements;
        }
        if (type.isRecord() && mayHoldEnum(type, new HashSet<>())) {
            return ofComponents(type);
        }
        if (hashesByIdentity(type)) {
            return value -> {
                throw refused(type);
            };
        }
        return Object::hashCode;
    }

    private static int ofElements(Object list) {
        int hash = 1;
        for (Object element : (List<?>) list) {
            hash = 31 * hash + of(element);
        }
        return hash;
    }

    private static boolean mayHoldEnum(Class<?> type, Set<Class<?>> seen) {
        if (type.isEnum() || type == Pair.class || type == Object.class) {
            return true;
        }
        return type.isRecord()
                && seen.add(type)
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> mayHoldEnum(component.getType(), seen));
    }

    private static ToIntFunction<Object> ofComponents(Class<?> record) {
        List<Method> accessors = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            accessors.add(accessor);
        }
        return value -> {
            int hash = 0;
            for (Method accessor : accessors) {
                hash = 31 * hash + of(valueOf(accessor, value));
            }
            return hash;
        };
    }

    private static @Nullable Object valueOf(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }

    private static boolean hashesByIdentity(Class<?> type) {
        try {
            return type.isArray() || type.getMethod("hashCode").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RaddleException refused(Class<?> type) {
        return new RaddleException(new Cause.InvalidInput(
                "A key is of " + type.getTypeName() + ", whose hashCode says which object it is, not what it holds, "
                        + "so equal keys would not meet.",
                type.isArray()
                        ? "Use a List, a String or a java.nio.ByteBuffer as key."
                        : "Make it a record, or give it equals and hashCode."));
    }
}
