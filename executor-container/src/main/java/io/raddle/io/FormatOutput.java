package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.id.AttemptId;
import io.raddle.proto.Output;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.jspecify.annotations.Nullable;

/** What one attempt writes through an OutputFormat and commits through its committer. Belongs to the task's thread. */
final class FormatOutput implements TaskOutput {
    private final String format;
    private final TaskAttemptContext attempt;
    private final OutputCommitter committer;
    private final FormatPlace.Writer writer;
    private final Optional<Class<?>> key;
    private final Optional<Class<?>> value;
    private boolean finished;
    private boolean committed;

    private FormatOutput(
            Output output, TaskAttemptContext attempt, OutputCommitter committer, FormatPlace.Writer writer) {
        this.format = output.getFormat();
        this.attempt = attempt;
        this.committer = committer;
        this.writer = writer;
        this.key = wanted(output.getKeyClass(), attempt.getConfiguration());
        this.value = wanted(output.getValueClass(), attempt.getConfiguration());
    }

    static FormatOutput open(Output output, AttemptId id, Configuration configuration) {
        FormatPlace place = FormatPlace.of(output, configuration);
        TaskAttemptContext attempt = FormatPlace.attempt(place, id);
        try {
            OutputCommitter committer = place.committer(attempt);
            committer.setupTask(attempt);
            try {
                return new FormatOutput(output, attempt, committer, place.open(attempt));
            } catch (IOException | InterruptedException | RuntimeException e) {
                committer.abortTask(attempt);
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw FormatTrouble.of("the output of " + output.getFormat() + " was opened", e);
        }
    }

    @Override
    public void write(@Nullable Object record) {
        if (!(record instanceof Pair<?, ?> pair)) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A record that is to be written by " + format + " is null, not a pair.",
                    "Filter such records out."));
        }
        try {
            writer.write(part(pair.key(), key), part(pair.value(), value));
        } catch (IOException | InterruptedException e) {
            throw trouble("was written", e);
        }
    }

    @SuppressWarnings("NullAway") // some formats take null
    private static Object part(@Nullable Object given, Optional<Class<?>> wanted) {
        return wanted.isPresent() ? Writables.toWritable(given, wanted.get()) : given;
    }

    @Override
    public void finish() {
        finished = true;
        try {
            writer.close();
        } catch (IOException | InterruptedException e) {
            throw trouble("was closed", e);
        }
    }

    /** The format does not say. */
    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public void commit() {
        try {
            if (committer.needsTaskCommit(attempt)) {
                committer.commitTask(attempt);
            }
            committed = true;
        } catch (IOException e) {
            throw trouble("was committed", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (committed) {
            return;
        }
        try {
            if (!finished) {
                finished = true;
                writer.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            committer.abortTask(attempt);
        }
    }

    private RuntimeException trouble(String what, Exception e) {
        return FormatTrouble.of("the output of " + format + " " + what, e);
    }

    private static Optional<Class<?>> wanted(String name, Configuration configuration) {
        return name.isEmpty() ? Optional.empty() : Optional.of(HadoopClasses.named(name, configuration));
    }
}
