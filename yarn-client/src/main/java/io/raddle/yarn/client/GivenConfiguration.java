package io.raddle.yarn.client;

import io.raddle.config.ConfigKey;
import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration that a command line gives: the cluster's defaults, over them a properties file, {@code --conf}, the options. */
final class GivenConfiguration {
    private GivenConfiguration() {}

    static Configuration of(SubmitOptions options, Map<String, String> environment) {
        Map<String, String> given = new LinkedHashMap<>();
        if (options.propertiesFile != null) {
            Path file = Shipment.existing("--properties-file", options.propertiesFile);
            given.putAll(PropertiesFile.read("--properties-file " + file, file));
        }
        given.putAll(options.configuration);
        put(given, "--master", Keys.MASTER, options.master);
        put(given, "--deploy-mode", Keys.DEPLOY_MODE, options.deployMode);
        put(given, "--name", Keys.APP_NAME, options.name);
        put(given, "--queue", Keys.QUEUE, options.queue);
        put(given, "--driver-memory", Keys.DRIVER_MEMORY, options.driverMemory);
        put(given, "--driver-cores", Keys.DRIVER_CORES, options.driverCores);
        put(given, "--executor-memory", Keys.EXECUTOR_MEMORY, options.executorMemory);
        put(given, "--executor-cores", Keys.EXECUTOR_CORES, options.executorCores);
        put(given, "--num-executors", Keys.EXECUTOR_INSTANCES, options.executors);
        put(given, "--java-options", Keys.JAVA_OPTIONS, options.javaOptions);
        put(given, "--max-attempts", Keys.YARN_MAX_ATTEMPTS, options.maxAttempts);
        return Configuration.parse(ClusterDefaults.below(given, environment));
    }

    /** A refused value is blamed on the option that the person typed. */
    private static void put(Map<String, String> given, String option, ConfigKey<?> key, @Nullable String text) {
        if (text == null) {
            return;
        }
        try {
            key.read(text);
        } catch (RaddleException e) {
            String what = e.fault().happened().replace(key.name() + "=", option + " ");
            throw new RaddleException(new Cause.InvalidInput(what, e.fault().remedy()), e);
        }
        given.put(key.name(), text);
    }
}
