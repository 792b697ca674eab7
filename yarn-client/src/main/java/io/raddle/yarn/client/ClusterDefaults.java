package io.raddle.yarn.client;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a cluster's administrator sets for all its users: {@code raddle.properties} beside the cluster's site files. */
final class ClusterDefaults {
    static final String FILE = "raddle.properties";

    private ClusterDefaults() {}

    /** {@code given}, with the defaults of the cluster that the environment names below it where it goes to one. */
    static Map<String, String> below(Map<String, String> given, Map<String, String> environment) {
        String master = given.getOrDefault(Keys.MASTER.name(), Keys.MASTER.defaultText());
        if (!(Master.parse(master) instanceof Master.Yarn)) {
            return given;
        }
        Map<String, String> all = new HashMap<>(read(environment));
        all.putAll(given);
        return all;
    }

    private static Map<String, String> read(Map<String, String> environment) {
        Optional<Path> file = HadoopConfiguration.directory(environment)
                .map(directory -> directory.resolve(FILE))
                .filter(Files::exists);
        if (file.isEmpty()) {
            return Map.of();
        }
        String name = file.get().toString();
        Map<String, String> defaults = PropertiesFile.read(name, file.get());
        if (defaults.containsKey(Keys.MASTER.name())) {
            throw new RaddleException(new Cause.InvalidInput(
                    name + " sets " + Keys.MASTER.name() + ", but it is read only where the master is this cluster.",
                    "Remove the line."));
        }
        try {
            Configuration.parse(defaults);
        } catch (RaddleException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            name + ": " + e.fault().happened(), e.fault().remedy()),
                    e);
        }
        return defaults;
    }
}
