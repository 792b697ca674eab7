package io.raddle.io;

import io.raddle.id.AttemptId;
import io.raddle.proto.Output;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.Reporter;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/**
 * An OutputFormat of either API and the names under which it knows our job and its attempts. The old API's committers and
 * contexts are those of the new one too, so only formats and writers differ. Belongs to one thread.
 */
sealed interface FormatPlace {
    /** Writes pairs. */
    interface Writer {
        void write(Object key, Object value) throws IOException, InterruptedException;

        void close() throws IOException, InterruptedException;
    }

    JobContext job();

    /** The attempt whose number is {@code number} of the task of {@code partition}. */
    TaskAttemptContext attempt(int partition, int number);

    /** Refuses what the format does not take: an output directory that exists. */
    void check() throws IOException, InterruptedException;

    OutputCommitter committer(TaskAttemptContext attempt) throws IOException, InterruptedException;

    Writer open(TaskAttemptContext attempt) throws IOException, InterruptedException;

    /** {@code configuration} is the caller's to change. */
    static FormatPlace of(Output output, Configuration configuration) {
        configuration.set(OutputJob.ALGORITHM, "1");
        JobID job = new JobID(output.getJob(), 1);
        configuration.set(MRJobConfig.ID, job.toString());
        configuration.setBoolean(MRJobConfig.TASK_ISMAP, false);
        return output.getForm() == Output.Form.OLD_FORMAT
                ? new Old(output, new JobConf(configuration), job)
                : new Modern(output, configuration, job);
    }

    static TaskAttemptContext attempt(FormatPlace place, AttemptId attempt) {
        return place.attempt(attempt.partition(), attempt.attempt());
    }

    private static TaskAttemptID name(JobID job, int partition, int number, Configuration configuration) {
        TaskAttemptID attempt =
                new TaskAttemptID(job.getJtIdentifier(), job.getId(), TaskType.REDUCE, partition, number);
        configuration.set(MRJobConfig.TASK_ID, attempt.getTaskID().toString());
        configuration.set(MRJobConfig.TASK_ATTEMPT_ID, attempt.toString());
        configuration.setInt(MRJobConfig.TASK_PARTITION, partition);
        return attempt;
    }

    /** An OutputFormat of the new API. */
    record Modern(Output output, Configuration configuration, JobID id) implements FormatPlace {
        @Override
        public JobContext job() {
            return new JobContextImpl(configuration, id);
        }

        @Override
        public TaskAttemptContext attempt(int partition, int number) {
            return new TaskAttemptContextImpl(configuration, name(id, partition, number, configuration));
        }

        @Override
        public void check() throws IOException, InterruptedException {
            format().checkOutputSpecs(job());
        }

        @Override
        public OutputCommitter committer(TaskAttemptContext attempt) throws IOException, InterruptedException {
            return format().getOutputCommitter(attempt);
        }

        @Override
        public Writer open(TaskAttemptContext attempt) throws IOException, InterruptedException {
            org.apache.hadoop.mapreduce.RecordWriter<Object, Object> writer = format().getRecordWriter(attempt);
            return new Writer() {
                @Override
                public void write(Object key, Object value) throws IOException, InterruptedException {
                    writer.write(key, value);
                }

                @Override
                public void close() throws IOException, InterruptedException {
                    writer.close(attempt);
                }
            };
        }

        @SuppressWarnings("unchecked") // records are what the program says its format takes
        private OutputFormat<Object, Object> format() {
            return HadoopClasses.instance(output.getFormat(), OutputFormat.class, configuration);
        }
    }

    /** An OutputFormat of the old API. */
    record Old(Output output, JobConf configuration, JobID id) implements FormatPlace {
        @Override
        public JobContext job() {
            return new org.apache.hadoop.mapred.JobContextImpl(configuration, id);
        }

        @Override
        public TaskAttemptContext attempt(int partition, int number) {
            return new org.apache.hadoop.mapred.TaskAttemptContextImpl(
                    configuration,
                    org.apache.hadoop.mapred.TaskAttemptID.downgrade(name(id, partition, number, configuration)));
        }

        @Override
        public void check() throws IOException {
            format().checkOutputSpecs(files(), configuration);
        }

        @Override
        public OutputCommitter committer(TaskAttemptContext attempt) {
            return configuration.getOutputCommitter();
        }

        @Override
        public Writer open(TaskAttemptContext attempt) throws IOException {
            String name = String.format(
                    Locale.ROOT,
                    "part-%05d",
                    attempt.getTaskAttemptID().getTaskID().getId());
            org.apache.hadoop.mapred.RecordWriter<Object, Object> writer =
                    format().getRecordWriter(files(), configuration, name, Reporter.NULL);
            return new Writer() {
                @Override
                public void write(Object key, Object value) throws IOException {
                    writer.write(key, value);
                }

                @Override
                public void close() throws IOException {
                    writer.close(Reporter.NULL);
                }
            };
        }

        private FileSystem files() throws IOException {
            String directory = configuration.get(FileOutputFormat.OUTDIR);
            return directory == null ? FileSystem.get(configuration) : new Path(directory).getFileSystem(configuration);
        }

        @SuppressWarnings("unchecked") // records are what the program says its format takes
        private org.apache.hadoop.mapred.OutputFormat<Object, Object> format() {
            return HadoopClasses.instance(
                    output.getFormat(), org.apache.hadoop.mapred.OutputFormat.class, configuration);
        }
    }
}
