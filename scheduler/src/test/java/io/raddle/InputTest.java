package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.Pair;
import io.raddle.function.PortableStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.KeyValueTextInputFormat;
import org.apache.hadoop.mapreduce.lib.input.CombineTextInputFormat;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What files hold comes out as records, whichever way they are read. */
class InputTest {
    private static Session session;

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

    @Test
    void readsWholeFilesSmallOnesTogether() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (int file = 0; file < 40; file++) {
            String text = "grüße\n".repeat(file);
            Path path = directory.resolve("file" + file + (file % 3 == 0 ? ".gz" : ".txt"));
            try (OutputStream out = output(path)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            expected.put(path.toUri().toString().replace("file:///", "file:/"), text);
        }

        PairRdd<String, String> files = session.wholeTextFiles(directory.toString(), 3);

        assertThat(files.getNumPartitions()).isBetween(3, 4);
        assertThat(new TreeMap<>(files.collectAsMap())).isEqualTo(expected);
    }

    private static OutputStream output(Path path) throws IOException {
        OutputStream out = Files.newOutputStream(path);
        return path.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }

    @Test
    void opensBinaryFilesWhereTheirContentIsAskedFor() throws IOException {
        byte[] content = new byte[3000];
        new Random(1).nextBytes(content);
        Files.write(directory.resolve("a"), content);
        Files.write(directory.resolve("b"), new byte[0]);

        PairRdd<String, PortableStream> files = session.binaryFiles(directory.toString());

        assertThat(files.mapValues(PortableStream::toArray).values().collect().stream()
                        .map(ByteBuffer::wrap)
                        .toList())
                .containsExactly(ByteBuffer.wrap(content), ByteBuffer.wrap(new byte[0]));
        PortableStream carried = files.repartition(3).map(Pair::value).collect().stream()
                .filter(each -> each.path().endsWith("/a"))
                .findFirst()
                .orElseThrow();
        assertThat(carried.toArray()).isEqualTo(content);
        assertThat(carried.sizeBytes()).isEqualTo(3000);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void cutsBinaryFilesIntoRecords(long seed) throws IOException {
        Random random = new Random(seed);
        int length = 1 + random.nextInt(5000);
        List<byte[]> expected = new ArrayList<>();
        Path data = Files.createDirectory(directory.resolve("data" + seed));
        for (int file = 0; file < random.nextInt(4); file++) {
            byte[] content = new byte[length * random.nextInt(60)];
            random.nextBytes(content);
            Files.write(data.resolve("f" + file), content);
            for (int at = 0; at < content.length; at += length) {
                expected.add(Arrays.copyOfRange(content, at, at + length));
            }
        }

        assertThat(session.binaryRecords(data.toString(), length).collect().stream()
                        .map(ByteBuffer::wrap)
                        .toList())
                .isEqualTo(expected.stream().map(ByteBuffer::wrap).toList());
    }

    @Test
    void readsSequenceFilesAsWritablesOrAsWhatTheyStandFor() throws IOException {
        sequence("words", 1000);

        PairRdd<Text, LongWritable> writables = session.sequenceFile(path("words"), Text.class, LongWritable.class);
        PairRdd<String, Long> values = session.sequenceFile(path("words"), String.class, Long.class);

        List<Pair<String, Long>> expected = IntStream.range(0, 1000)
                .mapToObj(i -> Pair.of("key" + i, (long) i))
                .toList();
        assertThat(values.collect()).isEqualTo(expected);
        assertThat(writables.collect())
                .isEqualTo(expected.stream()
                        .map(pair -> Pair.of(new Text(pair.key()), new LongWritable(pair.value())))
                        .toList());
        assertThat(writables.glom().map(List::size).collect()).containsExactly(1000);
        assertThat(writables
                        .mapToPair(pair -> Pair.of(pair.key(), 1))
                        .reduceByKey(Integer::sum)
                        .count())
                .isEqualTo(1000);
    }

    @Test
    void namesTheClassesOfASequenceFileThatHoldsOthers() throws IOException {
        sequence("words", 10);

        assertThatThrownBy(() -> session.sequenceFile(path("words"), IntWritable.class, LongWritable.class)
                        .collect())
                .hasMessageContaining("/words:0+")
                .hasMessageContaining("has keys of org.apache.hadoop.io.Text, not of org.apache.hadoop.io.IntWritable");
        assertThatThrownBy(() -> session.sequenceFile(path("words"), String.class, String.class)
                        .collect())
                .hasMessageContaining("has values of org.apache.hadoop.io.LongWritable, not of java.lang.String");
    }

    @Test
    void readsThroughInputFormatsOfBothApis() throws IOException {
        Files.writeString(directory.resolve("pairs"), "a\t1\nb\t2\n");

        assertThat(session.hadoopFile(path("pairs"), KeyValueTextInputFormat.class, Text.class, Text.class)
                        .map(pair -> pair.key() + "=" + pair.value())
                        .collect())
                .containsExactly("a=1", "b=2");
        List<Pair<LongWritable, Text>> lines = session.newAPIHadoopFile(
                        path("pairs"), TextInputFormat.class, LongWritable.class, Text.class)
                .collect();
        assertThat(lines)
                .containsExactly(
                        Pair.of(new LongWritable(0), new Text("a\t1")), Pair.of(new LongWritable(4), new Text("b\t2")));
        Configuration own = new Configuration();
        own.set("mapreduce.input.fileinputformat.inputdir", path("pairs"));
        own.set("mapreduce.input.keyvaluelinerecordreader.key.value.separator", "1");
        assertThat(session.newAPIHadoopRdd(
                                own,
                                org.apache.hadoop.mapreduce.lib.input.KeyValueTextInputFormat.class,
                                Text.class,
                                Text.class)
                        .keys()
                        .map(Text::toString)
                        .collect())
                .containsExactly("a\t", "b\t2");
        JobConf job = new JobConf();
        job.set("mapreduce.input.fileinputformat.inputdir", path("pairs"));
        assertThat(session.hadoopRdd(job, KeyValueTextInputFormat.class, Text.class, Text.class)
                        .count())
                .isEqualTo(2);
    }

    @Test
    void readsManySmallFilesInOneSplitOfACombiningFormat() throws IOException {
        for (int file = 0; file < 20; file++) {
            Files.writeString(directory.resolve("f" + file), "line\n");
        }

        PairRdd<LongWritable, Text> lines = session.newAPIHadoopFile(
                directory.toString(), CombineTextInputFormat.class, LongWritable.class, Text.class);

        assertThat(lines.getNumPartitions()).isOne();
        assertThat(lines.count()).isEqualTo(20);
    }

    @Test
    void handsEachSplitToTheFunctionThatAsksForIt() throws IOException {
        Files.writeString(directory.resolve("a"), "1\t\n2\t\n");
        Files.writeString(directory.resolve("b"), "3\t\n");
        PairRdd<Text, Text> pairs =
                session.hadoopFile(directory.toString(), KeyValueTextInputFormat.class, Text.class, Text.class, 1);

        Rdd<String> named =
                pairs.mapPartitionsWithInputSplit((FileSplit split, java.util.Iterator<Pair<Text, Text>> records) -> {
                    List<String> all = new ArrayList<>();
                    records.forEachRemaining(pair -> all.add(split.getPath().getName() + pair.key()));
                    return all.iterator();
                });

        assertThat(named.collect().stream().sorted().collect(Collectors.joining(" ")))
                .isEqualTo("a1 a2 b3");
        assertThatThrownBy(() -> session.parallelizePairs(List.of(Pair.of(1, 1)))
                        .mapPartitionsWithInputSplit(
                                (FileSplit split, java.util.Iterator<Pair<Integer, Integer>> records) -> records))
                .hasMessageContaining("are not splits of an InputFormat");
    }

    @Test
    void followsWhatTheProgramSaysInTheConfigurationOfTheSession() throws IOException {
        Files.createDirectories(directory.resolve("in/deeper"));
        Files.writeString(directory.resolve("in/deeper/file"), "a\nb\n");
        try (Session own = Session.builder().master("local[1]").build()) {
            assertThatThrownBy(() -> own.textFile(path("in")))
                    .hasMessageContaining("is a directory within a directory");

            own.hadoopConfiguration().setBoolean("mapreduce.input.fileinputformat.input.dir.recursive", true);

            assertThat(own.textFile(path("in")).collect()).containsExactly("a", "b");
            assertThat(own.wholeTextFiles(path("in")).values().collect()).containsExactly("a\nb\n");
        }
    }

    private void sequence(String name, int records) throws IOException {
        try (SequenceFile.Writer writer = SequenceFile.createWriter(
                new Configuration(),
                SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(path(name))),
                SequenceFile.Writer.keyClass(Text.class),
                SequenceFile.Writer.valueClass(LongWritable.class))) {
            for (int i = 0; i < records; i++) {
                writer.append(new Text("key" + i), new LongWritable(i));
            }
        }
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
