package io.raddle.relay;

import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the driver's half works with.
 *
 * @param driverSecret what the master knows the driver by
 * @param directory for artifacts, of its own
 * @param maxBytes of artifacts in it
 * @param lease how long it looks for a master that it has lost
 */
public record LineSettings(Secret driverSecret, Path directory, long maxBytes, Duration lease) {}
