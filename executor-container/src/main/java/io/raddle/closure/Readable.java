package io.raddle.closure;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Whether Java serialization, which writes any object of a serializable class, can also read it again: the parts of its
 * first superclass that is not serializable are made by a constructor without arguments. Safe for all threads.
 */
final class Readable {
    private static final ClassValue<String> OBSTACLES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return find(type);
        }
    };

    private Readable() {}

    /** Why an object of {@code type} could not be read; empty when it could. */
    static String obstacleTo(Class<?> type) {
        return OBSTACLES.get(type);
    }

    private static String find(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type) || type.isArray() || type.isEnum() || type.isRecord()) {
            return "";
        }
        if (Externalizable.class.isAssignableFrom(type)) {
            Constructor<?> own = constructorOf(type);
            return own != null && Modifier.isPublic(own.getModifiers())
                    ? ""
                    : "it is Externalizable and has no public constructor without arguments";
        }
        Class<?> base = type;
        while (base != null && Serializable.class.isAssignableFrom(base)) {
            base = base.getSuperclass();
        }
        return base == null || canConstruct(base, type)
                ? ""
                : "its superclass " + base.getName() + " is not serializable and has no constructor without arguments";
    }

    private static boolean canConstruct(Class<?> base, Class<?> from) {
        Constructor<?> constructor = constructorOf(base);
        if (constructor == null || Modifier.isPrivate(constructor.getModifiers())) {
            return false;
        }
        return Modifier.isPublic(constructor.getModifiers())
                || Modifier.isProtected(constructor.getModifiers())
                || base.getPackage() == from.getPackage();
    }

    private static @Nullable Constructor<?> constructorOf(Class<?> type) {
        try {
            return type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
