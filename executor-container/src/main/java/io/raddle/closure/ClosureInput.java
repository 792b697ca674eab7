package io.raddle.closure;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Reads objects whose classes come from the application's loader. Functions that the engine itself makes around the
 * user's are of classes that this loader hides; they come from the engine's.
 */
final class ClosureInput extends ObjectInputStream {
    private static final String ENGINE = "io.raddle.";
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private final ClassLoader loader;

    ClosureInput(InputStream in, ClassLoader loader) throws IOException {
        super(in);
        this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
        return classOf(description.getName());
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
        Class<?>[] interfaces = new Class<?>[names.length];
        ClassLoader definer = loader;
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = classOf(names[i]);
            if (!Modifier.isPublic(interfaces[i].getModifiers())) {
                definer = interfaces[i].getClassLoader();
            }
        }
        return Proxy.newProxyInstance(definer, interfaces, (proxy, method, arguments) -> method.getDefaultValue())
                .getClass();
    }

    private Class<?> classOf(String name) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            if (name.substring(name.lastIndexOf('[') + 1).replaceFirst("^L", "").startsWith(ENGINE)) {
                return Class.forName(name, false, ClosureInput.class.getClassLoader());
            }
            throw e;
        }
    }
}
