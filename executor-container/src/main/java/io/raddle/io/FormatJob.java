package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.Output;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/** The driver's side of what an OutputFormat writes, through its committer. Belongs to the thread of the program. */
public final class FormatJob implements JobOutput {
    /** The attempt that stands for all when the driver asks the format for its committer. */
    private static final int ANY = 0;

    private final Output output;
    private final Configuration configuration;
    private final OutputMaker maker;
    private final FormatPlace place;
    private final OutputCommitter committer;

    private FormatJob(
            Output output,
            Configuration configuration,
            OutputMaker maker,
            FormatPlace place,
            OutputCommitter committer) {
        this.output = output;
        this.configuration = configuration;
        this.maker = maker;
        this.place = place;
        this.committer = committer;
    }

    /** The job of an output; {@code configuration} is its own, with the user's class loader. */
    public static FormatJob of(Output output, Configuration configuration, OutputMaker maker) {
        checkAlgorithm(configuration);
        FormatPlace place = FormatPlace.of(output, configuration);
        TaskAttemptContext any = place.attempt(ANY, ANY);
        try {
            return new FormatJob(output, configuration, maker, place, place.committer(any));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw trouble(output, "was planned", e);
        }
    }

    /**
     * Whether a task's commit must not happen twice. Renaming an attempt's directory, as FileOutputCommitter does, can be
     * repeated; of what other committers do nothing is known.
     */
    public boolean commitsOnce() {
        if (committer instanceof org.apache.hadoop.mapred.FileOutputCommitter) {
            return !keeps(org.apache.hadoop.mapred.FileOutputCommitter.class);
        }
        return !(committer instanceof FileOutputCommitter) || !keeps(FileOutputCommitter.class);
    }

    private boolean keeps(Class<?> original) {
        return Arrays.stream(committer.getClass().getMethods())
                .filter(method -> method.getName().equals("commitTask"))
                .map(Method::getDeclaringClass)
                .allMatch(type -> type.isAssignableFrom(original));
    }

    @Override
    public void setUp() {
        run("was set up", () -> {
            Optional<OutputLayout> layout = layout();
            if (layout.isPresent()) {
                OutputLayout known = layout.get();
                FileSystem files = files(known);
                if (maker.follows(files, known.unfinishedMark()) || maker.follows(files, known.success())) {
                    files.delete(known.directory(), true);
                }
            }
            place.check();
            committer.setupJob(place.job());
            if (layout.isPresent() && files(layout.get()).exists(layout.get().pending())) {
                maker.sign(files(layout.get()), layout.get().unfinishedMark());
            }
        });
    }

    @Override
    public void commit() {
        run("was committed", () -> {
            committer.commitJob(place.job());
            Optional<OutputLayout> layout = layout();
            if (layout.isPresent() && files(layout.get()).exists(layout.get().success())) {
                maker.sign(files(layout.get()), layout.get().success());
            }
        });
    }

    @Override
    public void abort() {
        run("was aborted", () -> {
            committer.abortJob(place.job(), JobStatus.State.FAILED);
            Optional<OutputLayout> layout = layout();
            if (layout.isPresent()) {
                Path directory = layout.get().directory();
                FileSystem files = files(layout.get());
                if (files.exists(directory) && files.listStatus(directory).length == 0) {
                    files.delete(directory, false);
                }
            }
        });
    }

    private Optional<OutputLayout> layout() {
        return Optional.ofNullable(configuration.get(FileOutputFormat.OUTDIR))
                .map(directory -> new OutputLayout(new Path(directory)));
    }

    private FileSystem files(OutputLayout layout) throws IOException {
        return layout.directory().getFileSystem(configuration);
    }

    /** Hadoop's own default is the algorithm that we refuse, so only what a program or a site file says counts. */
    private static void checkAlgorithm(Configuration configuration) {
        String given = configuration.get(OutputJob.ALGORITHM, "1");
        String[] sources = configuration.getPropertySources(OutputJob.ALGORITHM);
        boolean byDefault =
                sources != null && Arrays.stream(sources).anyMatch(source -> source.endsWith("-default.xml"));
        if (!byDefault) {
            OutputJob.checkSettings(Map.of(OutputJob.ALGORITHM, given));
        }
    }

    private void run(String what, Step step) {
        try {
            step.run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw trouble(output, what, e);
        }
    }

    private static RuntimeException trouble(Output output, String what, Exception e) {
        return e instanceof IllegalArgumentException
                ? new RaddleException(
                        new Cause.InvalidInput(
                                "The output of " + output.getFormat() + " cannot be used: " + FileTrouble.firstLine(e)
                                        + ".",
                                "Check the path and the configuration of the format."),
                        e)
                : FormatTrouble.of("the output of " + output.getFormat() + " " + what, e);
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }
}
