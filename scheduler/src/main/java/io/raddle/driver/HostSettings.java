package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.io.OutputMaker;
import io.raddle.proto.Welcome;
import io.raddle.schedule.Settings;
import io.raddle.schedule.SpeculationRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a host gives its driver.
 *
 * @param name of the application, for people
 * @param epoch grows with each driver of an application; part of every attempt's id
 * @param mapIdPrefix cluster timestamp, application and epoch in base 36: makes map ids globally unique
 * @param executors how many executors are wanted; 0 lets the work decide within the bounds of {@code configuration}
 * @param slotsPerExecutor tasks that one of them runs at once
 * @param configuration of the engine; executors get the same
 * @param hadoopConfiguration Hadoop's configuration as one XML document
 * @param jars of the application, in class path order
 * @param endpoint where executors and watchers call
 */
public record HostSettings(
        String name,
        int epoch,
        String mapIdPrefix,
        int executors,
        int slotsPerExecutor,
        Configuration configuration,
        ByteString hadoopConfiguration,
        List<Path> jars,
        EndpointSettings endpoint) {
    private static final Duration SHORTEST_SLOW = Duration.ofMillis(100);

    public HostSettings {
        jars = List.copyOf(jars);
    }

    /** What the core decides by; {@code farthest} is how long a report and the answer to it may be on their way. */
    Settings core(Duration farthest) {
        ExecutorRange range = ExecutorRange.of(executors, configuration);
        Settings usual = Settings.fixed(epoch, range.first(), slotsPerExecutor);
        return new Settings(
                usual.driverEpoch(),
                range.min(),
                range.first(),
                range.max(),
                usual.slotsPerExecutor(),
                configuration.get(Keys.LOCALITY_WAIT),
                usual.lookAhead().plus(farthest),
                usual.queueLimit(),
                usual.batchLimit(),
                configuration.get(Keys.STAGE_MAX_ATTEMPTS),
                usual.commitPatience(),
                configuration.get(Keys.EXECUTOR_IDLE),
                speculation());
    }

    private SpeculationRule speculation() {
        if (configuration.get(Keys.SPECULATION).equals("off")) {
            return SpeculationRule.NONE;
        }
        return new SpeculationRule(
                Double.parseDouble(configuration.get(Keys.SPECULATION_QUANTILE)),
                Double.parseDouble(configuration.get(Keys.SPECULATION_MULTIPLIER)),
                SHORTEST_SLOW);
    }

    /** What an executor is told when it attaches, but for what is published. */
    Welcome.Builder welcome() {
        return Welcome.newBuilder()
                .setEpoch(epoch)
                .putAllConfiguration(configuration.asMap())
                .setMapIdPrefix(mapIdPrefix)
                .setLeaseMillis(configuration.get(Keys.DRIVER_LEASE).toMillis());
    }

    /** The name in output directories, by which a driver knows what an earlier one of its application left. */
    OutputMaker maker() {
        String ofThisDriver = "-" + Integer.toString(epoch, Character.MAX_RADIX);
        boolean ends = mapIdPrefix.endsWith(ofThisDriver);
        return new OutputMaker(
                ends ? mapIdPrefix.substring(0, mapIdPrefix.length() - ofThisDriver.length()) : mapIdPrefix, epoch);
    }
}
