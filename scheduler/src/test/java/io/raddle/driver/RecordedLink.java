package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.endpoint.Link;
import io.raddle.endpoint.LinkEvents;
import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.StageId;
import io.raddle.proto.Artifact;
import io.raddle.proto.DriverFrame;
import io.raddle.wire.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A link that takes note of what it is asked. */
final class RecordedLink implements Link {
    private final List<DriverFrame> sent = new ArrayList<>();
    private final List<Artifact> published = new ArrayList<>();
    private final List<String> disconnections = new CopyOnWriteArrayList<>();

    List<DriverFrame> sent() {
        return sent;
    }

    /** What was published and not withdrawn. */
    List<Artifact> published() {
        return published;
    }

    /** Whose stream was ended, and why. Safe for all threads. */
    List<String> disconnections() {
        return disconnections;
    }

    void clear() {
        sent.clear();
    }

    @Override
    public void listen(LinkEvents driver) {}

    @Override
    public void send(DriverFrame frame) {
        sent.add(frame);
    }

    @Override
    public void grant(ExecutorId executor, int frames) {}

    @Override
    public void disconnect(ExecutorId executor, String why) {
        disconnections.add(executor + ": " + why);
    }

    @Override
    public Artifact publish(String name, ByteString content) {
        Artifact artifact = Artifact.newBuilder()
                .setName(name)
                .setSha256(Sha256.of(content.toByteArray()).bytes())
                .setSizeBytes(content.size())
                .build();
        published.add(artifact);
        return artifact;
    }

    @Override
    public Artifact publish(String name, Path file) {
        throw new UnsupportedOperationException("no file is published here");
    }

    @Override
    public void withdraw(Artifact artifact) {
        published.remove(artifact);
    }

    @Override
    public void forgetBroadcast(int broadcast) {}

    @Override
    public void bringResult(AttemptId attempt, Consumer<Optional<Cause>> brought) {
        brought.accept(Optional.empty());
    }

    @Override
    public Optional<ByteString> takeResult(AttemptId attempt) {
        return Optional.empty();
    }

    @Override
    public void dropResult(AttemptId attempt) {}

    @Override
    public void forgetResults(StageId stage) {
        throw new UnsupportedOperationException("no result is pushed here");
    }
}
