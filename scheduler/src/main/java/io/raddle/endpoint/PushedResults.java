package io.raddle.endpoint;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.AttemptId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Results too large for a report, on disk from their push until the driver takes or forgets them. Thread-safe. */
final class PushedResults {
    private final Path directory;
    private final long maxBytes;
    private final Map<AttemptId, Path> complete = new HashMap<>();
    private long bytes;
    private int files;

    PushedResults(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts to receive a result. */
    Incoming receive(AttemptId attempt) throws IOException {
        Path file;
        synchronized (this) {
            file = directory.resolve("result-" + files++);
        }
        return new Incoming(attempt, file, Files.newOutputStream(file));
    }

    /** The result of an attempt, once. */
    Optional<ByteString> take(AttemptId attempt) {
        Path file;
        synchronized (this) {
            file = complete.remove(attempt);
        }
        if (file == null) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(ByteString.readFrom(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    private synchronized void reserve(int more) {
        if (bytes + more > maxBytes) {
            throw new RaddleException(new Cause.LimitExceeded(
                    "Results of more than " + (maxBytes >> 20) + " MiB wait at the driver.", "raddle.result.max"));
        }
        bytes += more;
    }

    private synchronized void completed(AttemptId attempt, Path file) {
        Path repeated = complete.put(attempt, file);
        if (repeated != null) {
            delete(repeated);
        }
    }

    private synchronized void delete(Path file) {
        try {
            bytes -= Files.size(file);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A result that is being pushed; one thread at a time. */
    final class Incoming {
        private final AttemptId attempt;
        private final Path file;
        private final OutputStream out;

        private Incoming(AttemptId attempt, Path file, OutputStream out) {
            this.attempt = attempt;
            this.file = file;
            this.out = out;
        }

        void write(ByteString data) throws IOException {
            reserve(data.size());
            data.writeTo(out);
        }

        void complete() throws IOException {
            out.close();
            completed(attempt, file);
        }

        void abandon() throws IOException {
            out.close();
            delete(file);
        }
    }
}
