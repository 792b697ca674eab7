package io.raddle.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.Hello;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A driver that takes note of what a link tells it. */
final class RecordedEvents implements LinkEvents {
    private final List<Attachment> attached = new CopyOnWriteArrayList<>();
    private final List<Hello> hellos = new CopyOnWriteArrayList<>();
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final List<Attachment> detached = new CopyOnWriteArrayList<>();

    @Override
    public void attached(Attachment attachment, Hello hello) {
        attached.add(attachment);
        hellos.add(hello);
    }

    @Override
    public void received(Attachment attachment, ExecutorFrame frame) {
        frames.add(frame.getPayload().toStringUtf8());
    }

    @Override
    public void detached(Attachment attachment) {
        detached.add(attachment);
    }

    void awaitFrames(String... expected) {
        await().untilAsserted(() -> assertThat(frames).containsExactly(expected));
    }

    List<Attachment> attached() {
        return attached;
    }

    List<Hello> hellos() {
        return hellos;
    }

    List<Attachment> detached() {
        return detached;
    }
}
