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
public final class OutputJob {
    private static final String ALGORITHM = "mapreduce.fileoutputcommitter.algorithm.version";

    private final OutputLayout layout;
    private final Configuration configuration;

    public OutputJob(String directory, Configuration configuration) {
        this.layout = new OutputLayout(new Path(directory));
        this.configuration = configuration;
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

    /** Makes the directory; an existing one is the user's mistake, never overwritten. */
    public void setUp() {
        run(files -> {
            if (files.exists(layout.directory())) {
                throw exists();
            }
            try {
                files.mkdirs(layout.committedTasks());
            } catch (FileAlreadyExistsException e) {
                throw exists();
            }
        });
    }

    /** Publishes the files of all committed tasks. */
    public void commit() {
        run(files -> {
            if (files.exists(layout.pending())) {
                for (FileStatus task : files.listStatus(layout.committedTasks())) {
                    if (!OutputLayout.isPending(task.getPath())) {
                        publish(files, task.getPath());
                    }
                }
                files.delete(layout.pending(), true);
            }
            files.create(layout.success(), true).close();
        });
    }

    /** Removes what tasks wrote; the directory goes too when this job made it and nothing was published. */
    public void abort() {
        run(files -> {
            files.delete(layout.pending(), true);
            if (files.exists(layout.directory()) && files.listStatus(layout.directory()).length == 0) {
                files.delete(layout.directory(), false);
            }
        });
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
            step.run(layout.directory().getFileSystem(configuration));
        } catch (IOException e) {
            throw FileTrouble.of(layout.directory().toString(), e);
        }
    }

    private interface Step {
        void run(FileSystem files) throws IOException;
    }
}
