package io.raddle.yarn.client;

import io.raddle.yarn.client.stage.Engine;
import java.nio.file.Path;

/** Where this program was installed; the launcher says so. */
record Distribution(Path directory, Path scripts) {
    static Distribution ofProcess() {
        return new Distribution(
                Path.of(System.getProperty("raddle.distribution", "yarn-client/target/raddle")),
                Path.of(System.getProperty("raddle.scripts", "scripts")));
    }

    Engine engine() {
        return Engine.in(directory);
    }
}
