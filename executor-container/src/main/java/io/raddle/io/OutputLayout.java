package io.raddle.io;

import io.raddle.id.AttemptId;
import org.apache.hadoop.fs.Path;

/**
 * Where output lies while it is being written, by the protocol of Hadoop's FileOutputCommitter, algorithm 1: an attempt
 * writes below {@code _temporary/0/_temporary}, a committed task is one renamed directory below {@code _temporary/0}, and
 * the end of the job moves its files into the output directory.
 */
record OutputLayout(Path directory) {
    private static final String PENDING = "_temporary";
    private static final String FIRST_JOB_ATTEMPT = "0";

    Path pending() {
        return new Path(directory, PENDING);
    }

    Path committedTasks() {
        return new Path(pending(), FIRST_JOB_ATTEMPT);
    }

    Path attempt(AttemptId attempt) {
        return new Path(new Path(committedTasks(), PENDING), "attempt_" + task(attempt) + "_" + attempt.attempt());
    }

    Path committedTask(AttemptId attempt) {
        return new Path(committedTasks(), "task_" + task(attempt));
    }

    /** Who makes this output, while it is not complete. */
    Path unfinishedMark() {
        return new Path(pending(), "maker");
    }

    Path success() {
        return new Path(directory, "_SUCCESS");
    }

    static boolean isPending(Path path) {
        return path.getName().equals(PENDING);
    }

    private static String task(AttemptId attempt) {
        return String.format(
                java.util.Locale.ROOT,
                "%d_%04d_m_%06d",
                attempt.epoch(),
                attempt.stage().number(),
                attempt.partition());
    }
}
