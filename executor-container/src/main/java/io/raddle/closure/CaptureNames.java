package io.raddle.closure;

import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names the step from an object to each object inside it, as a programmer would write it. */
final class CaptureNames {
    private record Named(Object value, String step) {}

    private final LambdaVariables variables;

    CaptureNames(@Nullable ClassLoader loader) {
        this.variables = new LambdaVariables(loader);
    }

    /** The steps from {@code object}, which is sent as {@code written}, to each of {@code inside}. */
    List<String> of(Object object, Object written, List<Object> inside) {
        if (written instanceof SerializedLambda lambda) {
            return variables.of(lambda).stream().map(name -> "." + name).toList();
        }
        List<Named> known = partsOf(object);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            Object value = inside.get(i);
            Named sameRank = known.size() == inside.size() ? known.get(i) : null;
            steps.add(known.stream()
                    .filter(part -> part.value == value)
                    .findFirst()
                    .map(Named::step)
                    .orElseGet(() -> unmatched(written, value, sameRank)));
        }
        return steps;
    }

    /**
     * A value that is no part of the object by itself was written in place of a part, which its rank tells, or is an
     * inner part of a collection, whose own parts will be named as the collection's.
     */
    private static String unmatched(Object written, Object value, @Nullable Named sameRank) {
        boolean inner =
                (written instanceof Collection || written instanceof Map) && !(value instanceof SerializedLambda);
        if (inner) {
            return "";
        }
        return sameRank == null ? "." + value.getClass().getSimpleName() : sameRank.step;
    }

    private static List<Named> partsOf(Object object) {
        List<Named> parts = new ArrayList<>();
        if (object instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                add(parts, array[i], "[" + i + "]");
            }
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                add(parts, key, "[key " + brief(key) + "]");
                add(parts, value, "[" + brief(key) + "]");
            });
        } else if (object instanceof Collection<?> elements) {
            int index = 0;
            for (Object element : elements) {
                add(parts, element, "[" + index++ + "]");
            }
        } else {
            addFields(parts, object.getClass(), object);
        }
        return parts;
    }

    /** In the order in which serialization writes them: superclass first, then as its description lists them. */
    private static void addFields(List<Named> parts, @Nullable Class<?> type, Object object) {
        if (type == null || ObjectStreamClass.lookup(type) == null) {
            return;
        }
        addFields(parts, type.getSuperclass(), object);
        for (ObjectStreamField field :
                Objects.requireNonNull(ObjectStreamClass.lookup(type)).getFields()) {
            if (!field.isPrimitive()) {
                add(parts, valueOf(type, field.getName(), object), stepOf(type, field.getName()));
            }
        }
    }

    private static @Nullable Object valueOf(Class<?> type, String name, Object object) {
        try {
            Field field = type.getDeclaredField(name);
            return field.trySetAccessible() ? field.get(object) : null;
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return null;
        }
    }

    /** javac's own fields say what the source meant; the engine's wrappers say nothing to the user. */
    private static String stepOf(Class<?> type, String field) {
        if (field.startsWith("this$")) {
            return "." + type.getEnclosingClass().getSimpleName() + ".this";
        }
        if (field.startsWith("val$")) {
            return "." + field.substring("val$".length());
        }
        return type.getPackageName().equals("io.raddle.function") ? "" : "." + field;
    }

    private static void add(List<Named> parts, @Nullable Object value, String step) {
        if (value != null && !(value instanceof Class)) {
            parts.add(new Named(value, step));
        }
    }

    private static String brief(@Nullable Object key) {
        return key instanceof String || key instanceof Number || key instanceof Enum
                ? key.toString()
                : "a " + (key == null ? "null" : key.getClass().getSimpleName());
    }
}
