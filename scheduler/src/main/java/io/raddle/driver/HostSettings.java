package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.endpoint.EndpointSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a host gives its driver.
 *
 * @param name of the application, for people
 * @param epoch grows with each driver of an application; part of every attempt's id
 * @param mapIdPrefix cluster timestamp, application and epoch in base 36: makes map ids globally unique
 * @param executors how many executors are wanted
 * @param slotsPerExecutor tasks that one of them runs at once
 * @param configuration engine configuration as key and value; executors get the same
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
        Map<String, String> configuration,
        ByteString hadoopConfiguration,
        List<Path> jars,
        EndpointSettings endpoint) {
    public HostSettings {
        configuration = Map.copyOf(configuration);
        jars = List.copyOf(jars);
    }
}
