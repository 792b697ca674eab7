package io.raddle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.io.FormatJob;
import io.raddle.io.NamedPath;
import io.raddle.io.OutputMaker;
import io.raddle.io.Writables;
import io.raddle.plan.Sink;
import io.raddle.proto.Output;
import io.raddle.proto.Output.Form;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.SequenceFileOutputFormat;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/** How records become files in other ways than as lines of text. */
final class Outputs {
    private Outputs() {}

    static void objects(Rdd<?> rdd, String path) {
        Output output = Output.newBuilder()
                .setForm(Form.OBJECTS)
                .setPath(path)
                .putAllConfiguration(rdd.session.hadoop().entries())
                .build();
        Actions.save(rdd, rdd.session.engine().output(path), new Sink.Written(output));
    }

    static void sequence(PairRdd<?, ?> pairs, String path, Class<?> key, Class<?> value, Optional<String> codec) {
        oldFile(
                pairs,
                path,
                Writables.classFor(key),
                Writables.classFor(value),
                SequenceFileOutputFormat.class,
                new JobConf(pairs.session.hadoop().current()),
                codec);
    }

    static void oldFile(
            PairRdd<?, ?> pairs,
            String path,
            Class<?> key,
            Class<?> value,
            Class<?> format,
            Configuration given,
            Optional<String> codec) {
        Configuration own = toFile(given, path, key, value);
        codec.ifPresent(name -> {
            own.setBoolean(FileOutputFormat.COMPRESS, true);
            own.set(FileOutputFormat.COMPRESS_CODEC, name);
            own.set(FileOutputFormat.COMPRESS_TYPE, CompressionType.BLOCK.toString());
        });
        save(pairs, Form.OLD_FORMAT, format.getName(), own, asWritten(key), asWritten(value));
    }

    static void modernFile(
            PairRdd<?, ?> pairs, String path, Class<?> key, Class<?> value, Class<?> format, Configuration given) {
        Configuration own = toFile(given, path, key, value);
        save(pairs, Form.NEW_FORMAT, format.getName(), own, asWritten(key), asWritten(value));
    }

    static void oldDataset(PairRdd<?, ?> pairs, JobConf given) {
        Configuration own = SessionHadoop.copy(given);
        save(pairs, Form.OLD_FORMAT, format(own, "mapred.output.format.class"), own, "", "");
    }

    static void modernDataset(PairRdd<?, ?> pairs, Configuration given) {
        Configuration own = SessionHadoop.copy(given);
        save(pairs, Form.NEW_FORMAT, format(own, MRJobConfig.OUTPUT_FORMAT_CLASS_ATTR), own, "", "");
    }

    private static void save(
            PairRdd<?, ?> pairs, Form form, String format, Configuration own, String key, String value) {
        Session session = pairs.session;
        OutputMaker maker = session.engine().maker();
        // Hadoop parts the words of an id by underscores.
        String job = (maker.application() + "-" + maker.attempt() + "-"
                        + session.engine().nextNode())
                .replace('_', '-');
        Output.Builder output = Output.newBuilder()
                .setForm(form)
                .setFormat(format)
                .setKeyClass(key)
                .setValueClass(value)
                .setJob(job);
        FormatJob written = FormatJob.of(output.build(), SessionHadoop.copy(own), maker);
        output.putAllConfiguration(session.hadoop().entries(own)).setCommitsOnce(written.commitsOnce());
        Actions.save(pairs, written, new Sink.Written(output.build()));
    }

    private static Configuration toFile(Configuration given, String path, Class<?> key, Class<?> value) {
        Configuration own = SessionHadoop.copy(given);
        try {
            Path directory = NamedPath.of(path);
            own.set(
                    FileOutputFormat.OUTDIR,
                    NamedPath.files(directory, own).makeQualified(directory).toString());
        } catch (IOException | IllegalArgumentException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The output path '" + path + "' cannot be used: " + e.getMessage() + ".",
                            "Check the path and that its file system is reachable from here."),
                    e);
        }
        own.setClass(MRJobConfig.OUTPUT_KEY_CLASS, key, Object.class);
        own.setClass(MRJobConfig.OUTPUT_VALUE_CLASS, value, Object.class);
        return own;
    }

    private static String format(Configuration configuration, String key) {
        return Optional.ofNullable(configuration.get(key))
                .orElseThrow(() -> new RaddleException(new Cause.InvalidInput(
                        "The configuration of the output names no OutputFormat (" + key + ").",
                        "Set it, or call the operation that takes the class of the format.")));
    }

    /** The class that records are made to be, when that is a Writable. */
    private static String asWritten(Class<?> type) {
        return Writable.class.isAssignableFrom(type) ? type.getName() : "";
    }
}
