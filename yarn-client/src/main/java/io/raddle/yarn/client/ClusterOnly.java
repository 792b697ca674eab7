package io.raddle.yarn.client;

import io.raddle.config.ConfigKey;
import io.raddle.config.Keys;
import java.util.ArrayList;
import java.util.List;

/** What only a cluster has a use for: a program that runs in this process is told what of it was asked for in vain. */
final class ClusterOnly {
    private static final List<Setting> SETTINGS = List.of(
            new Setting(Keys.QUEUE, "--queue"),
            new Setting(Keys.DEPLOY_MODE, "--deploy-mode"),
            new Setting(Keys.DRIVER_CORES, "--driver-cores"),
            new Setting(Keys.EXECUTOR_MEMORY, "--executor-memory"),
            new Setting(Keys.EXECUTOR_CORES, "--executor-cores"),
            new Setting(Keys.EXECUTOR_INSTANCES, "--num-executors"),
            new Setting(Keys.JAVA_OPTIONS, "--java-options"),
            new Setting(Keys.YARN_MAX_ATTEMPTS, "--max-attempts"),
            Setting.of(Keys.EXECUTOR_MIN),
            Setting.of(Keys.EXECUTOR_MAX),
            Setting.of(Keys.EXECUTOR_IDLE),
            Setting.of(Keys.CACHE_DIR),
            Setting.of(Keys.CACHE_TRUSTED_OWNER),
            Setting.of(Keys.CLASS_DATA),
            Setting.of(Keys.LAUNCH_DEADLINE),
            Setting.of(Keys.PORT_RANGE),
            Setting.of(Keys.YARN_ALLOCATE_INTERVAL),
            Setting.of(Keys.WAIT_REPORT_INTERVAL));

    private ClusterOnly() {}

    /** A key, and what a person types for it. */
    private record Setting(ConfigKey<?> key, String typed) {
        static Setting of(ConfigKey<?> key) {
            return new Setting(key, key.name());
        }
    }

    /** The names of what was given, as they are typed. */
    static List<String> givenIn(Request request) {
        List<String> given = new ArrayList<>();
        if (request.jdk().isPresent()) {
            given.add("--ship-jdk");
        }
        SETTINGS.stream()
                .filter(setting -> request.configuration().isGiven(setting.key()))
                .map(Setting::typed)
                .forEach(given::add);
        return given;
    }
}
