package io.raddle.yarn.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.util.ReflectionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Hadoop wrote into HDFS is read by executors, and what they write there is read by Hadoop. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class FormatsIT {
    private static final String PROGRAM = """
            import io.raddle.*;
            import io.raddle.function.Pair;
            import org.apache.hadoop.io.*;
            import org.apache.hadoop.mapreduce.lib.output.TextOutputFormat;
            import java.util.*;

            public class Formats {
                public static void main(String[] words) throws Exception {
                    String root = words[0];
                    try (Session session = Session.builder().build()) {
                        Rdd<String> lines = session.textFile(root + "/in/{text.gz,text.bz2}");
                        PairRdd<String, Integer> counts = lines
                                .pipe("tr a-z A-Z")
                                .mapToPair(line -> Pair.of(line.split(" ")[1], 1))
                                .reduceByKey(Integer::sum, 3);
                        counts.saveAsSequenceFile(root + "/sequence", String.class, Integer.class);
                        counts.map(pair -> pair.key() + "=" + pair.value())
                                .saveAsTextFile(root + "/gzip", "org.apache.hadoop.io.compress.GzipCodec");
                        for (String codec : List.of("Default", "Gzip", "BZip2", "Lz4", "Snappy", "ZStandard")) {
                            String name = root + "/codecs/" + codec;
                            lines.saveAsTextFile(name, "org.apache.hadoop.io.compress." + codec + "Codec");
                            System.out.println(codec + " " + session.textFile(name).count());
                        }
                        counts.saveAsNewAPIHadoopFile(
                                root + "/formatted", Text.class, IntWritable.class, TextOutputFormat.class);
                        counts.saveAsObjectFile(root + "/objects");
                        System.out.println(session.sequenceFile(root + "/in/pairs", String.class, Integer.class)
                                .values()
                                .reduce(Integer::sum));
                        System.out.println(session.objectFile(root + "/objects").count());
                    }
                }
            }
            """;

    @TempDir
    java.nio.file.Path directory;

    @Test
    void readsWhatHadoopWroteAndWritesWhatHadoopReads(RealCluster.Address cluster) throws Exception {
        ClusterState state = ClusterState.of(cluster);
        FileSystem files = state.files();
        Configuration configuration = state.configuration().forClient();
        Path root = new Path("/formats");
        List<String> lines = IntStream.range(0, 5000)
                .mapToObj(i -> i + " word" + (char) ('a' + i % 20))
                .toList();
        files.mkdirs(root);
        files.setPermission(root, new FsPermission((short) 0777));
        write(files, new Path(root, "in/text.gz"), GzipCodec.class.getName(), lines);
        write(files, new Path(root, "in/text.bz2"), BZip2Codec.class.getName(), lines);
        try (SequenceFile.Writer writer = SequenceFile.createWriter(
                configuration,
                SequenceFile.Writer.file(new Path(root, "in/pairs")),
                SequenceFile.Writer.keyClass(Text.class),
                SequenceFile.Writer.valueClass(IntWritable.class))) {
            for (int i = 1; i <= 1000; i++) {
                writer.append(new Text("key" + i), new IntWritable(i));
            }
        }
        java.nio.file.Path source = Files.writeString(directory.resolve("Formats.java"), PROGRAM);

        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("formats")
                .run(Small.options(source.toString(), root.toString()));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("""
                Default 10000
                Gzip 10000
                BZip2 10000
                Lz4 10000
                Snappy 10000
                ZStandard 10000
                500500
                20
                """);
        Map<String, Integer> expected = new TreeMap<>();
        lines.forEach(line -> expected.merge(line.split(" ")[1].toUpperCase(java.util.Locale.ROOT), 2, Integer::sum));
        assertThat(sequences(files, new Path(root, "sequence"), configuration)).isEqualTo(expected);
        assertThat(texts(files, new Path(root, "gzip"), ".gz"))
                .containsExactlyInAnyOrderElementsOf(joined(expected, "="));
        assertThat(texts(files, new Path(root, "formatted"), ""))
                .containsExactlyInAnyOrderElementsOf(joined(expected, "\t"));
        for (String output : List.of("sequence", "gzip", "formatted", "objects")) {
            assertThat(state.names("/formats/" + output)).contains("_SUCCESS").doesNotContain("_temporary");
        }
        Leftovers.none(cluster, "formats", directory);
    }

    private static List<String> joined(Map<String, Integer> counts, String separator) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + separator + entry.getValue())
                .toList();
    }

    private static void write(FileSystem files, Path path, String codec, List<String> lines) throws Exception {
        org.apache.hadoop.io.compress.CompressionCodec made = ReflectionUtils.newInstance(
                Class.forName(codec).asSubclass(org.apache.hadoop.io.compress.CompressionCodec.class), files.getConf());
        try (OutputStream out = made.createOutputStream(files.create(path))) {
            out.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
        }
    }

    private static List<Path> parts(FileSystem files, Path output) throws IOException {
        List<Path> parts = new ArrayList<>();
        for (var status : files.listStatus(output)) {
            if (status.getPath().getName().startsWith("part-")) {
                parts.add(status.getPath());
            }
        }
        assertThat(parts).hasSize(3);
        return parts;
    }

    private static Map<String, Integer> sequences(FileSystem files, Path output, Configuration configuration)
            throws IOException {
        Map<String, Integer> read = new TreeMap<>();
        for (Path part : parts(files, output)) {
            try (SequenceFile.Reader reader = new SequenceFile.Reader(configuration, SequenceFile.Reader.file(part))) {
                Text key = new Text();
                IntWritable value = new IntWritable();
                while (reader.next(key, value)) {
                    read.put(key.toString(), value.get());
                }
            }
        }
        return read;
    }

    private static List<String> texts(FileSystem files, Path output, String suffix) throws IOException {
        List<String> read = new ArrayList<>();
        for (Path part : parts(files, output)) {
            assertThat(part.getName()).endsWith(suffix);
            try (var in = suffix.isEmpty() ? files.open(part) : new GZIPInputStream(files.open(part))) {
                read.addAll(new String(in.readAllBytes(), UTF_8).lines().collect(Collectors.toList()));
            }
        }
        return read;
    }
}
