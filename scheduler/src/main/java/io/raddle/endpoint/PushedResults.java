package io.raddle.endpoint;

import com.google.protobuf.ByteString;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.AttemptId;
import io.raddle.id.StageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Results too large for a report, on disk from their push until the driver takes or forgets them, bounded together.
 * Results of a stage that was forgotten are dropped when they come. Thread-safe.
 */
public final class PushedResults {
    private static final int FORGOTTEN_STAGES = 1000;

    private final Path directory;
    private final long maxBytes;
    private final Map<AttemptId, Path> complete = new HashMap<>();
    /** The last ones that were; attempts of theirs may still push, those of earlier ones have long ended. */
    private final Set<StageId> forgotten = new LinkedHashSet<>();

    private long bytes;
    private int files;

    /** Keeps them below this directory, and no more than so many bytes in all. */
    public PushedResults(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts to receive a result. */
    public Incoming receive(AttemptId attempt) throws IOException {
        Path file;
        synchronized (this) {
            file = directory.resolve("result-" + files++);
        }
        return new Incoming(attempt, file, Files.newOutputStream(file));
    }

    /** The result of an attempt, once. */
    public Optional<ByteString> take(AttemptId attempt) {
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

    /** The result of an attempt, which stays. */
    synchronized Optional<InputStream> open(AttemptId attempt) throws IOException {
        Path file = complete.get(attempt);
        return file == null ? Optional.empty() : Optional.of(Files.newInputStream(file));
    }

    /** Nobody takes the result of this attempt; it is not read. */
    public synchronized void drop(AttemptId attempt) {
        Path file = complete.remove(attempt);
        if (file != null) {
            delete(file);
        }
    }

    /** Nobody will take a result of this stage any more. */
    public synchronized void forget(StageId stage) {
        complete.entrySet().removeIf(each -> {
            boolean ofStage = each.getKey().stage().equals(stage);
            if (ofStage) {
                delete(each.getValue());
            }
            return ofStage;
        });
        forgotten.add(stage);
        if (forgotten.size() > FORGOTTEN_STAGES) {
            forgotten.remove(forgotten.iterator().next());
        }
    }

    private synchronized void reserve(int more) {
        if (bytes + more > maxBytes) {
            throw new RaddleException(new Cause.LimitExceeded(
                    "Results of more than " + (maxBytes >> 20) + " MiB wait at the driver.",
                    Keys.ARTIFACTS_MAX.name()));
        }
        bytes += more;
    }

    private synchronized void completed(AttemptId attempt, Path file) {
        Path dropped = forgotten.contains(attempt.stage()) ? file : complete.put(attempt, file);
        if (dropped != null) {
            delete(dropped);
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
    public final class Incoming {
        private final AttemptId attempt;
        private final Path file;
        private final OutputStream out;

        private Incoming(AttemptId attempt, Path file, OutputStream out) {
            this.attempt = attempt;
            this.file = file;
            this.out = out;
        }

        /** Adds what follows. */
        public void write(ByteString data) throws IOException {
            reserve(data.size());
            data.writeTo(out);
        }

        /** The result is here whole. */
        public void complete() throws IOException {
            out.close();
            completed(attempt, file);
        }

        /** It will not be complete; what is here of it goes. */
        public void abandon() throws IOException {
            out.close();
            delete(file);
        }
    }
}
