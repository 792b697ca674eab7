package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The driver's side of one output directory: made before the first task, filled with what tasks committed when all have,
 * marked {@code _SUCCESS} last. Each step may be repeated after a failure. Stateless; calls block on the file system.
 */
public final class OutputJob implements JobOutput {
    static final String ALGORITHM = "mapreduce.fileoutputcommitter.algorithm.version";

    private final OutputLayout layout;
    private final Configuration configuration;
    private final OutputMaker maker;

    public OutputJob(String directory, Configuration configuration, OutputMaker maker) {
        this.layout = new OutputLayout(NamedPath.of(directory));
        this.configuration = configuration;
        this.maker = maker;
    }

    /** Refuses settings under which a reader could see the output of a job that fails. */
    public static void checkSettings(Map<String, String> settings) {
        String algorithm = settings.getOrDefault(ALGORITHM, "1");
        if (!algorithm.equals("1")) {
            throw new RaddleException(new Cause.InvalidInput(
                    ALGORITHM + "=" + algorithm
                            + " is refused: it shows the output of tasks before the job has succeeded.",
                    "Leave the key out; Raddle commits by algorithm 1."));
        }
    }

    /**
     * Makes the directory; an existing one is the user's mistake, never overwritten. One that an earlier attempt of the
     * same application made is its own, whole or not: the program runs anew, and so does this job.
     */
    @Override
    public void setUp() {
        run(files -> {
            if (files.exists(layout.directory())) {
                if (!ofEarlierAttempt(files)) {
                    throw exists();
                }
                files.delete(layout.directory(), true);
            }
            try {
                files.mkdirs(layout.committedTasks());
                maker.sign(files, layout.unfinishedMark());
            } catch (FileAlreadyExistsException e) {
                throw exists();
            }
        });
    }

    /** Publishes the files of all committed tasks. */
    @Override
    public void commit() {
        run(files -> {
            if (files.exists(layout.pending())) {
                for (FileStatus task : files.listStatus(layout.committedTasks())) {
                    if (!OutputLayout.isPending(task.getPath())) {
                        publish(files, task.getPath());
                    }
                }
            }
            maker.sign(files, layout.success());
            files.delete(layout.pending(), true);
        });
    }

    /** Removes what tasks wrote; the directory goes too when this job made it and nothing was published. */
    @Override
    public void abort() {
        run(files -> {
            files.delete(layout.pending(), true);
            if (files.exists(layout.directory()) && files.listStatus(layout.directory()).length == 0) {
                files.delete(layout.directory(), false);
            }
        });
    }

    private boolean ofEarlierAttempt(FileSystem files) throws IOException {
        return maker.follows(files, layout.unfinishedMark()) || maker.follows(files, layout.success());
    }

    private void publish(FileSystem files, Path task) throws IOException {
        for (FileStatus file : files.listStatus(task)) {
            Path target = new Path(layout.directory(), file.getPath().getName());
            // Left by a commit that was interrupted and is now repeated.
            files.delete(target, true);
            if (!files.rename(file.getPath(), target)) {
                throw new IOException(file.getPath() + " could not be renamed to " + target);
            }
        }
    }

    private RaddleException exists() {
        return new RaddleException(new Cause.InvalidInput(
                "The output path " + layout.directory() + " exists already.",
                "Remove it or name another; Raddle never overwrites."));
    }

    private void run(Step step) {
        try {
            step.run(NamedPath.files(layout.directory(), configuration));
        } catch (IOException e) {
            throw FileTrouble.of(layout.directory().toString(), e);
        }
    }

    private interface Step {
        void run(FileSystem files) throws IOException;
    }
}
