package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ReflectionUtils;

/** Classes of the user that Hadoop makes instances of: found through the loader of a configuration. Stateless. */
final class HadoopClasses {
    private HadoopClasses() {}

    static Class<?> named(String name, Configuration configuration) {
        try {
            return configuration.getClassByName(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The class " + name + " is in no jar of the application.",
                            "Put it into the application's jar, or name its jar with --jars."),
                    e);
        }
    }

    /** An instance of {@code name}, which must be a {@code kind}. */
    static <T> T instance(String name, Class<T> kind, Configuration configuration) {
        return instance(named(name, configuration), kind, configuration);
    }

    static <T> T instance(Class<?> type, Class<T> kind, Configuration configuration) {
        if (!kind.isAssignableFrom(type)) {
            throw new RaddleException(new Cause.InvalidInput(
                    type.getName() + " is not an " + kind.getName() + ".",
                    "The operations of the old API take classes of org.apache.hadoop.mapred, those of the new one take"
                            + " classes of org.apache.hadoop.mapreduce."));
        }
        try {
            return kind.cast(ReflectionUtils.newInstance(type, configuration));
        } catch (RuntimeException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "No " + type.getName() + " could be made: " + FileTrouble.firstLine(e) + ".",
                            "Give it a constructor without parameters."),
                    e);
        }
    }
}
