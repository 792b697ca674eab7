package io.raddle.yarn.client.watch;

import io.grpc.StatusRuntimeException;
import io.raddle.proto.LogChunk;
import io.raddle.proto.TailRequest;
import java.util.Iterator;
import java.util.function.Consumer;

/** Passes one stream of the driver on; remembers how far it came, so that a new connection goes on there. */
final class LogFollower {
    private final TailRequest.Stream stream;
    private final Consumer<byte[]> sink;
    private volatile long offset;

    LogFollower(TailRequest.Stream stream, Consumer<byte[]> sink) {
        this.stream = stream;
        this.sink = sink;
    }

    /** Begins to pass on what this master wrote and writes; the thread ends with the stream. */
    Thread start(ControlLink control) {
        Thread thread = new Thread(() -> follow(control), "raddle-log-" + stream);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Another attempt of the master writes files of its own. */
    void restart() {
        offset = 0;
    }

    private void follow(ControlLink control) {
        try {
            for (Iterator<LogChunk> chunks = control.follow(stream, offset); chunks.hasNext(); ) {
                LogChunk chunk = chunks.next();
                sink.accept(chunk.getData().toByteArray());
                offset = chunk.getOffsetBytes() + chunk.getData().size();
            }
        } catch (StatusRuntimeException gone) {
            // Who watches the status notices it too, and decides.
        }
    }
}
