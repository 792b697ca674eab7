package io.raddle.yarn.client;

import com.google.protobuf.ByteString;
import io.raddle.config.Keys;
import io.raddle.driver.DriverHost;
import io.raddle.driver.HostSettings;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.fault.Cause;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.relay.DriverLine;
import io.raddle.relay.LineSettings;
import io.raddle.relay.LineWatch;
import io.raddle.relay.MasterFinder;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.launch.MapIdPrefix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/** A driver in this process, behind the master of an application that was submitted. Thread-safe. */
final class ClientDriver implements AutoCloseable {
    /** One driver for the whole life of the application, however often its master starts. */
    private static final int EPOCH = 1;

    /** Longer than a master waits for the ResourceManager when that starts again. */
    private static final Duration GOODBYE = Duration.ofSeconds(30);

    private final DriverLine line;
    private final DriverHost host;

    private ClientDriver(DriverLine line, DriverHost host) {
        this.line = line;
        this.host = host;
    }

    /** Starts it; {@code jars} are what its executors know of the program, {@code directory} is its own. */
    static ClientDriver start(
            Request request,
            Submitted submitted,
            HadoopConfiguration hadoop,
            List<Path> jars,
            Path directory,
            MasterFinder search,
            LineWatch watch) {
        long maxBytes = request.configuration().get(Keys.ARTIFACTS_MAX);
        DriverLine line = new DriverLine(
                new LineSettings(
                        submitted.driver(),
                        directory.resolve("artifacts"),
                        maxBytes,
                        request.configuration().get(Keys.DRIVER_LEASE)),
                search,
                watch);
        ApplicationId id = submitted.id();
        HostSettings settings = new HostSettings(
                request.configuration().get(Keys.APP_NAME),
                EPOCH,
                MapIdPrefix.of(id.getClusterTimestamp(), id.getId(), EPOCH),
                request.configuration().get(Keys.EXECUTOR_INSTANCES),
                request.executor().cores(),
                request.configuration(),
                ByteString.copyFrom(hadoop.forCluster()),
                jars,
                EndpointSettings.inProcess(directory.resolve("unused"), maxBytes));
        DriverHost host = DriverHost.behind(settings, line, line.cluster());
        line.open(host.application()::status);
        return new ClientDriver(line, host);
    }

    DriverHost host() {
        return host;
    }

    /** Has the application end so; false when its master did not say in time that it did. */
    boolean end(State state, int exitCode, Optional<Cause> cause) throws InterruptedException {
        host.finish(state, exitCode, cause);
        return line.end(state, exitCode, cause, GOODBYE);
    }

    /** Leaves without a word, unless {@link #end} said it. */
    @Override
    public void close() {
        host.close();
        line.close();
    }
}
