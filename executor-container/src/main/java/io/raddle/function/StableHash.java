package io.raddle.function;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hash codes that are the same in every process. Where {@code hashCode} already is, it is used as it stands; enums
 * would differ from JVM to JVM and part equal keys, so they are hashed by name, also inside of pairs, records, lists, sets,
 * maps, their entries and optionals; an array, alone or inside of these, and a class that inherits {@code Object.hashCode} are refused. Safe for all threads.
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
        if (Set.class.isAssignableFrom(type)) {
            return set -> ((Set<?>) set).stream().mapToInt(StableHash::of).sum();
        }
        if (Map.class.isAssignableFrom(type)) {
            return map -> ((Map<?, ?>) map)
                    .entrySet().stream()
                            .mapToInt(entry -> of(entry.getKey()) ^ of(entry.getValue()))
                            .sum();
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return entry -> of(((Map.Entry<?, ?>) entry).getKey()) ^ of(((Map.Entry<?, ?>) entry).getValue());
        }
        if (type == Optional.class) {
            return optional -> ((Optional<?>) optional).map(StableHash::of).orElse(0);
        }
        if (type.isRecord() && hashesAsGenerated(type) && !holdsPlainValues(type, new HashSet<>())) {
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

    /** What the compiler makes is final; what a program wrote itself decides for itself which records are equal. */
    private static boolean hashesAsGenerated(Class<?> record) {
        return Modifier.isFinal(hashCodeOf(record).getModifiers());
    }

    /** Whether all that such a value can hold are numbers, texts and the like, whose own hash code is good. */
    private static boolean holdsPlainValues(Class<?> type, Set<Class<?>> seen) {
        if (type.isRecord()) {
            return !seen.add(type)
                    || hashesAsGenerated(type)
                            && Arrays.stream(type.getRecordComponents())
                                    .allMatch(component -> holdsPlainValues(component.getType(), seen));
        }
        boolean ofTheJdk = type.getName().startsWith("java.") && Modifier.isFinal(type.getModifiers());
        return type.isPrimitive() || ofTheJdk && !type.isEnum() && type != Optional.class;
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
        return type.isArray() || hashCodeOf(type).getDeclaringClass() == Object.class;
    }

    private static Method hashCodeOf(Class<?> type) {
        try {
            return type.getMethod("hashCode");
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
