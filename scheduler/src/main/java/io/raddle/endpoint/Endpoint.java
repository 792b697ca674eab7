package io.raddle.endpoint;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.StageId;
import io.raddle.proto.Artifact;
import io.raddle.proto.DriverFrame;
import io.raddle.wire.Guarded;
import io.raddle.wire.GuardedServer;
import io.raddle.wire.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The address of an application: serves executors and watchers, and is the direct {@link Link} of a driver in the same
 * process. Thread-safe.
 */
public final class Endpoint implements Link, AutoCloseable {
    private final String name = "raddle-" + UUID.randomUUID();
    private final EndpointSettings settings;
    private final ContentStore contents;
    private final PushedResults results;
    private final BroadcastPeers broadcasts = new BroadcastPeers();
    private final ExecutorStreams streams = new ExecutorStreams();
    private final ControlService control;
    private final GuardedServer server;

    /** Listens from now on; executors can attach once {@link #listen} was called. */
    public Endpoint(EndpointSettings settings, Supervised application) {
        this(settings, application, List.of(), (identity, offset, receiver) -> receiver.accept(Optional.empty()));
    }

    /** The same with further services, and with artifacts that somebody else has. */
    public Endpoint(EndpointSettings settings, Supervised application, List<Guarded> further, ContentSource elsewhere) {
        this.settings = settings;
        this.contents = new ContentStore(settings.directory().resolve("artifacts"), settings.maxBytes());
        this.results = new PushedResults(settings.directory().resolve("results"), settings.maxBytes());
        this.control = new ControlService(application, settings.standardOutput(), settings.standardError());
        List<Guarded> services = new ArrayList<>(further);
        services.add(new Guarded(
                new ExecutorService(streams, contents, elsewhere, results, broadcasts), settings.executorSecret()));
        services.add(new Guarded(control, settings.controlSecret()));
        this.server = settings.ports()
                .map(ports -> GuardedServer.listen(ports, services))
                .orElseGet(() -> GuardedServer.inProcess(name, services));
    }

    /** Name of the server within this process; meaningful when no ports were set. */
    public String name() {
        return name;
    }

    /** The port listened on; 0 when this endpoint serves its own process only. */
    public int port() {
        return Math.max(0, server.port());
    }

    /** How many calls were turned away for their secret so far. */
    public long refusedCalls() {
        return server.rejectedCalls();
    }

    /** What executors present. */
    public Secret executorSecret() {
        return settings.executorSecret();
    }

    /** Whether a client ever followed the application. */
    public boolean watched() {
        return control.watched();
    }

    /**
     * Waits until a client said farewell; false when nothing happened for {@code silence}, or for {@code stall} while a
     * reader of the output has not got all of it.
     */
    public boolean awaitFarewell(Duration silence, Duration stall) throws InterruptedException {
        return control.awaitFarewell(silence, stall);
    }

    @Override
    public void listen(LinkEvents driver) {
        streams.listen(driver);
    }

    @Override
    public void send(DriverFrame frame) {
        streams.send(frame);
    }

    @Override
    public void grant(ExecutorId executor, int frames) {
        streams.grant(executor, frames);
    }

    @Override
    public void disconnect(ExecutorId executor, String why) {
        streams.disconnect(executor, why);
    }

    /** Ends the streams of all executors with a sentence why; they may attach again. */
    public void disconnectAll(String why) {
        streams.disconnectAll(why);
    }

    /** The result that an attempt pushed, which stays; empty when it is not here (any more). */
    public Optional<InputStream> openResult(AttemptId attempt) throws IOException {
        return results.open(attempt);
    }

    @Override
    public Artifact publish(String artifact, ByteString content) {
        return contents.put(artifact, content);
    }

    @Override
    public Artifact publish(String artifact, Path file) {
        return contents.put(artifact, file);
    }

    @Override
    public void withdraw(Artifact artifact) {
        contents.release(artifact);
    }

    @Override
    public void forgetBroadcast(int broadcast) {
        broadcasts.forget(broadcast);
    }

    /** What was pushed is here already. */
    @Override
    public void bringResult(AttemptId attempt, Consumer<Optional<Cause>> brought) {
        brought.accept(Optional.empty());
    }

    @Override
    public Optional<ByteString> takeResult(AttemptId attempt) {
        return results.take(attempt);
    }

    @Override
    public void dropResult(AttemptId attempt) {
        results.drop(attempt);
    }

    @Override
    public void forgetResults(StageId stage) {
        results.forget(stage);
    }

    @Override
    public void close() {
        control.close();
        server.close();
    }
}
