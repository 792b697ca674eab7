package io.raddle.io;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** What one configuration of Hadoop says beyond another, so that only that must travel. Stateless. */
public final class HadoopEntries {
    private HadoopEntries() {}

    /** The entries of {@code whole} that {@code base} has not, in the order of their names. */
    public static Map<String, String> beyond(Configuration whole, Configuration base) {
        Map<String, String> entries = new TreeMap<>();
        for (Map.Entry<String, String> entry : whole) {
            if (!entry.getValue().equals(base.getRaw(entry.getKey()))) {
                entries.put(entry.getKey(), entry.getValue());
            }
        }
        return entries;
    }

    /** What a configuration says of file systems that Hadoop's defaults do not. */
    static Map<String, String> ofFileSystems(Configuration configuration) {
        Configuration defaults = new Configuration(false);
        defaults.addResource("core-default.xml");
        defaults.addResource("hdfs-default.xml");
        Map<String, String> entries = new LinkedHashMap<>();
        beyond(configuration, defaults).forEach((name, value) -> {
            if (name.startsWith("fs.") || name.startsWith("dfs.") || name.startsWith("hadoop.")) {
                entries.put(name, value);
            }
        });
        return entries;
    }
}
