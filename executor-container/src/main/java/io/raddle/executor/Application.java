package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.closure.ClosureCodec;
import io.raddle.loader.ExitHandler;
import io.raddle.loader.SnippetClassLoader;
import io.raddle.loader.UserClassLoader;
import io.raddle.pipeline.Functions;
import io.raddle.serde.RecordFormat;
import io.raddle.snippet.FrozenVariables;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The user's classes on this executor and what is made with them. A task gets its own copy of each function, unless nothing
 * in the function can change: thawing it anew is most of what a short task costs. Thread-safe.
 */
final class Application implements Functions {
    private static final Set<Class<?>> IMMUTABLE = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);

    /** More different functions than any one job has; a session of many jobs must not keep them all. */
    private static final int MAX_SHARED = 4096;

    private final ClassLoader loader;
    private final RecordFormat format;
    private final ConcurrentHashMap<ByteString, Object> stateless = new ConcurrentHashMap<>();

    Application(ClassLoader loader) {
        this.loader = loader;
        this.format = new RecordFormat(loader);
    }

    ClassLoader loader() {
        return loader;
    }

    /** Runs a task's user code on this thread; {@code exits} hears of System.exit where the loader can tell. */
    <T> T call(Callable<T> code, ExitHandler exits) throws Exception {
        if (loader instanceof SnippetClassLoader snippets) {
            return snippets.call(code, exits);
        }
        if (loader instanceof UserClassLoader user) {
            return user.call(code, exits);
        }
        Thread.currentThread().setContextClassLoader(loader);
        return code.call();
    }

    RecordFormat format() {
        return format;
    }

    @Override
    public Object decode(ByteString serialized) {
        Object shared = stateless.get(serialized);
        if (shared != null) {
            return shared;
        }
        Object function = ClosureCodec.thaw(serialized.toByteArray(), Object.class, loader);
        if (isStateless(function)) {
            if (stateless.size() >= MAX_SHARED) {
                stateless.clear();
            }
            stateless.put(serialized, function);
        }
        return function;
    }

    /** Immutable through and through: values, functions without fields, and lambdas that captured nothing but such. */
    private static boolean isStateless(@Nullable Object value) {
        return isStateless(value, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** A function of a prompt may be the value of a variable that it sees: {@code looked} are those that are asked already. */
    private static boolean isStateless(@Nullable Object value, Set<FrozenVariables> looked) {
        if (value == null || IMMUTABLE.contains(value.getClass())) {
            return true;
        }
        if (value instanceof FrozenVariables variables) {
            return !looked.add(variables) || variables.values().stream().allMatch(each -> isStateless(each, looked));
        }
        for (Class<?> each = value.getClass(); each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !(each.isHidden() && isStateless(field, value, looked))) {
                    return false;
                }
            }
        }
        return !value.getClass().isArray();
    }

    /** The fields of a lambda's class are what it captured, and are final. */
    private static boolean isStateless(Field field, Object lambda, Set<FrozenVariables> looked) {
        try {
            return field.trySetAccessible() && isStateless(field.get(lambda), looked);
        } catch (IllegalAccessException e) {
            return false;
        }
    }
}
