package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.closure.ClosureCodec;
import io.raddle.loader.ExitHandler;
import io.raddle.loader.UserClassLoader;
import io.raddle.pipeline.Functions;
import io.raddle.serde.RecordFormat;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The user's classes on this executor and what is made with them. A task gets its own copy of each function, unless the
 * function has no fields and so nothing that two tasks could share. Thread-safe.
 */
final class Application implements Functions {
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
        if (hasNoFields(function.getClass())) {
            stateless.put(serialized, function);
        }
        return function;
    }

    private static boolean hasNoFields(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    return false;
                }
            }
        }
        return true;
    }
}
