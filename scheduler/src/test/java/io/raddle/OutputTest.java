package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.OddCommitter;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.mapred.FileOutputFormat;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.TextOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.SequenceFileOutputFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is saved can be read again, and a job that fails leaves nothing behind. */
class OutputTest {
    private static Session session;

    /** A class of a program. */
    record Item(String name, List<Integer> parts) {}

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        session = Session.builder()
                .master("local[2]")
                .config("raddle.text.split.max", "64k")
                .config("raddle.task.max.attempts", "1")
                .build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void objectFilesGiveBackWhatWasSaved(long seed) {
        Random random = new Random(seed);
        List<Object> records = new ArrayList<>();
        for (int i = random.nextInt(3000); i > 0; i--) {
            records.add(
                    switch (random.nextInt(6)) {
                        case 0 -> null;
                        case 1 -> "x".repeat(random.nextInt(300));
                        case 2 -> random.nextLong();
                        case 3 -> Pair.of(random.nextInt(), "日本😀");
                        case 4 -> Map.of("k", List.of(1, 2));
                        default -> new Item("item", List.of(random.nextInt()));
                    });
        }

        session.parallelize(records, 2).saveAsObjectFile(path("objects"));

        assertThat(session.objectFile(path("objects"), 7).collect()).isEqualTo(records);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GzipCodec", "BZip2Codec", "DefaultCodec", "Lz4Codec", "SnappyCodec", "ZStandardCodec"})
    void textGivesBackWhatWasSavedThroughACodec(String codec) {
        List<String> lines =
                IntStream.range(0, 5000).mapToObj(i -> "line " + i * 7919L).toList();

        session.parallelize(lines, 3).saveAsTextFile(path("text"), "org.apache.hadoop.io.compress." + codec);

        assertThat(session.textFile(path("text"), 5).collect()).isEqualTo(lines);
    }

    @Test
    void sequenceFilesGiveBackWhatWasSaved() {
        List<Pair<String, byte[]>> pairs = IntStream.range(0, 500)
                .mapToObj(i -> Pair.of("key" + i, new byte[] {(byte) i}))
                .toList();
        PairRdd<String, byte[]> saved = session.parallelizePairs(pairs, 3);

        saved.saveAsSequenceFile(path("plain"), String.class, byte[].class);
        saved.saveAsSequenceFile(path("packed"), Text.class, BytesWritable.class, DefaultCodec.class);

        for (String name : List.of("plain", "packed")) {
            assertThat(session.sequenceFile(path(name), String.class, byte[].class)
                            .map(pair -> pair.key() + Arrays.toString(pair.value()))
                            .collect())
                    .isEqualTo(pairs.stream()
                            .map(pair -> pair.key() + Arrays.toString(pair.value()))
                            .toList());
        }
    }

    @Test
    void writesThroughOutputFormatsOfBothApis() throws IOException {
        PairRdd<String, Integer> pairs = session.parallelizePairs(List.of(Pair.of("a", 1), Pair.of("b", 2)), 2);

        pairs.saveAsHadoopFile(path("old"), Text.class, IntWritable.class, TextOutputFormat.class);
        pairs.saveAsHadoopFile(path("packed"), Text.class, IntWritable.class, TextOutputFormat.class, GzipCodec.class);
        pairs.saveAsNewAPIHadoopFile(path("new"), Text.class, IntWritable.class, SequenceFileOutputFormat.class);

        assertThat(visible("old")).containsExactly("_SUCCESS", "part-00000", "part-00001");
        assertThat(directory.resolve("old/part-00000")).hasContent("a\t1\n");
        assertThat(visible("packed")).containsExactly("_SUCCESS", "part-00000.gz", "part-00001.gz");
        assertThat(visible("new")).containsExactly("_SUCCESS", "part-r-00000", "part-r-00001");
        assertThat(session.sequenceFile(path("new"), String.class, Integer.class)
                        .collect())
                .containsExactlyInAnyOrder(Pair.of("a", 1), Pair.of("b", 2));
    }

    @Test
    void writesDatasetsOfBothApis() {
        PairRdd<LongWritable, Text> pairs =
                session.parallelizePairs(List.of(Pair.of(new LongWritable(1), new Text("one"))), 1);
        JobConf old = new JobConf();
        old.setOutputFormat(TextOutputFormat.class);
        FileOutputFormat.setOutputPath(old, new org.apache.hadoop.fs.Path(path("old")));
        Configuration modern = new Configuration();
        modern.set("mapreduce.job.outputformat.class", "org.apache.hadoop.mapreduce.lib.output.TextOutputFormat");
        modern.set("mapreduce.output.fileoutputformat.outputdir", path("new"));

        pairs.saveAsHadoopDataset(old);
        pairs.saveAsNewAPIHadoopDataset(modern);

        assertThat(directory.resolve("old/part-00000")).hasContent("1\tone\n");
        assertThat(directory.resolve("new/part-r-00000")).hasContent("1\tone\n");
        assertThatThrownBy(() -> pairs.saveAsNewAPIHadoopDataset(new Configuration()))
                .hasMessageContaining("names no OutputFormat");
    }

    @Test
    void refusesOutputThatExists() {
        PairRdd<String, Integer> pairs = session.parallelizePairs(List.of(Pair.of("a", 1)), 1);
        pairs.saveAsSequenceFile(path("out"), String.class, Integer.class);

        assertThatThrownBy(() -> pairs.saveAsSequenceFile(path("out"), String.class, Integer.class))
                .hasMessageContaining("out already exists")
                .hasMessageContaining("never overwrites");
        assertThatThrownBy(() -> pairs.saveAsNewAPIHadoopFile(
                        path("out"), Text.class, IntWritable.class, SequenceFileOutputFormat.class))
                .hasMessageContaining("out already exists");
        assertThatThrownBy(() -> pairs.saveAsObjectFile(path("out"))).hasMessageContaining("exists already");
        assertThat(session.sequenceFile(path("out"), String.class, Integer.class)
                        .count())
                .isOne();
    }

    @Test
    void leavesNothingOfAJobThatFails() {
        PairRdd<Integer, Integer> failing = session.parallelizePairs(List.of(Pair.of(1, 1), Pair.of(2, 0)), 2)
                .mapValues(each -> 1 / each);

        assertThatThrownBy(() -> failing.saveAsSequenceFile(path("old"), Integer.class, Integer.class))
                .hasMessageContaining("by zero");
        assertThatThrownBy(() -> failing.saveAsNewAPIHadoopFile(
                        path("new"), IntWritable.class, IntWritable.class, SequenceFileOutputFormat.class))
                .hasMessageContaining("by zero");
        assertThatThrownBy(() -> failing.saveAsObjectFile(path("objects"))).hasMessageContaining("by zero");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void namesARecordThatIsNotOfTheClassThatIsWritten() {
        PairRdd<String, Object> pairs = session.parallelizePairs(List.of(Pair.of("a", "text")), 1);

        assertThatThrownBy(() -> pairs.saveAsSequenceFile(path("out"), String.class, Integer.class))
                .hasMessageContaining("A record holds a java.lang.String where org.apache.hadoop.io.IntWritable");
        assertThatThrownBy(() -> pairs.saveAsSequenceFile(path("out"), String.class, Thread.class))
                .hasMessageContaining("No Writable stands for java.lang.Thread");
    }

    @Test
    void refusesTheCommitAlgorithmThatShowsOutputEarly() {
        JobConf job = new JobConf();
        job.set("mapreduce.fileoutputcommitter.algorithm.version", "2");

        assertThatThrownBy(() -> session.parallelizePairs(List.of(Pair.of("a", 1)), 1)
                        .saveAsHadoopFile(path("out"), Text.class, IntWritable.class, TextOutputFormat.class, job))
                .hasMessageContaining("algorithm.version=2 is refused");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void failsInDoubtWhereACommitFailsThatCannotBeRepeated() {
        JobConf job = new JobConf();
        job.setOutputCommitter(OddCommitter.class);

        assertThatThrownBy(() -> session.parallelizePairs(List.of(Pair.of("a", 1)), 1)
                        .saveAsHadoopFile(path("out"), Text.class, IntWritable.class, TextOutputFormat.class, job))
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isInstanceOf(Cause.CommitInDoubt.class));
    }

    @Test
    void readsBzip2InSeveralPartitions() {
        List<String> lines = IntStream.range(0, 120_000)
                .mapToObj(i -> Long.toString(i * 0x9E3779B97F4A7C15L, 36))
                .toList();
        session.parallelize(lines, 1).saveAsTextFile(path("packed"), BZip2Codec.class.getName());

        Rdd<String> read = session.textFile(path("packed"), 6);

        assertThat(read.getNumPartitions()).isGreaterThan(5);
        assertThat(read.collect()).isEqualTo(lines);
        assertThat(read.glom().filter(part -> !part.isEmpty()).count()).isGreaterThan(1);
    }

    private List<String> visible(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(name))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
