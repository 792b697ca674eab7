package io.raddle.relay;

import io.raddle.endpoint.EndpointSettings;
import io.raddle.wire.Secret;
import java.time.Duration;

/**
 * What the master's half works with.
 *
 * @param endpoint where executors, watchers and the driver call
 * @param driverSecret what the driver presents
 * @param lease how long the application goes on without a driver
 * @param attempt number of the master's attempt
 */
public record RelaySettings(EndpointSettings endpoint, Secret driverSecret, Duration lease, int attempt) {}
