package io.raddle;

import io.raddle.io.HadoopEntries;
import io.raddle.plan.Engine;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Hadoop's configuration of one session: the engine's, until the program asks for one to change. Thread-safe. */
final class SessionHadoop {
    private final Engine engine;
    private @Nullable Configuration own;

    SessionHadoop(Engine engine) {
        this.engine = engine;
    }

    /** One that the program may change. */
    synchronized Configuration own() {
        Configuration known = own;
        if (known == null) {
            known = copy(engine.hadoop());
            own = known;
        }
        return known;
    }

    /** To read; changing it changes what others read. */
    synchronized Configuration current() {
        return own == null ? engine.hadoop() : own;
    }

    /** What executors must be told beyond what they know. */
    synchronized Map<String, String> entries() {
        return own == null ? Map.of() : entries(own);
    }

    /** What executors must be told of {@code configuration} beyond what they know. */
    Map<String, String> entries(Configuration configuration) {
        return HadoopEntries.beyond(configuration, engine.hadoop());
    }

    /** A copy whose classes are those of the program. */
    static Configuration copy(Configuration configuration) {
        Configuration copy = new Configuration(configuration);
        ClassLoader user = Thread.currentThread().getContextClassLoader();
        copy.setClassLoader(user == null ? SessionHadoop.class.getClassLoader() : user);
        return copy;
    }
}
