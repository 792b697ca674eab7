package io.raddle.serde;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.esotericsoftware.kryo.serializers.MapSerializer;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/**
 * Says which classes Kryo would get wrong: classes of the JDK whose fields it may not see, collections that are more
 * than their elements, and classes that define their own serialized form. They go through Java serialization, and
 * Writables of Hadoop through their own.
 */
final class SerializerChoice {
    private static final List<Class<?>> ORDERED =
            List.of(SortedSet.class, SortedMap.class, LinkedHashSet.class, LinkedHashMap.class);

    private SerializerChoice() {}

    /** The serializer for a class that Kryo would do field by field; null says that Kryo may. */
    static @Nullable Serializer<?> insteadOfFields(Class<?> type) {
        if (Writable.class.isAssignableFrom(type)) {
            return new WritableSerializer();
        }
        return extendsJdk(type) || definesOwnForm(type) || type.isHidden() ? java(type) : null;
    }

    /** The serializer for a class that Kryo would do with {@code suggested}, which knows the class by its kind only. */
    static Serializer<?> orBetter(Class<?> type, Serializer<?> suggested) {
        if (Writable.class.isAssignableFrom(type)) {
            return new WritableSerializer();
        }
        Class<?> serializer = suggested.getClass();
        boolean byElements = serializer == CollectionSerializer.class || serializer == MapSerializer.class;
        return byElements && (!ofJdk(type) || !hasPublicConstructor(type)) ? java(type) : suggested;
    }

    /** Whether the order that a set or map of the JDK gives its elements in may differ from JVM to JVM. */
    static boolean isUnordered(Class<?> type) {
        return ofJdk(type)
                && (Set.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))
                && ORDERED.stream().noneMatch(ordered -> ordered.isAssignableFrom(type));
    }

    private static Serializer<?> java(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type)) {
            return new JavaSerializer();
        }
        throw new Unserializable(type);
    }

    static boolean ofJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    private static boolean hasPublicConstructor(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private static boolean extendsJdk(Class<?> type) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            if (ofJdk(at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean definesOwnForm(Class<?> type) {
        if (Externalizable.class.isAssignableFrom(type)) {
            return true;
        }
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            if (declares(at, "writeObject", ObjectOutputStream.class)
                    || declares(at, "readObject", ObjectInputStream.class)
                    || declares(at, "writeReplace")
                    || declares(at, "readResolve")) {
                return Serializable.class.isAssignableFrom(type);
            }
        }
        return false;
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(found ->
                        found.getName().equals(method) && Arrays.equals(found.getParameterTypes(), parameters));
    }
}
