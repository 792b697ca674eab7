package io.raddle.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // a null path is part of what is tested
class TextSplitsTest {
    private static final SplitSize ANY_SIZE = new SplitSize(1, 1L << 40);

    private final Configuration configuration = new Configuration();

    @TempDir
    Path directory;

    @Test
    void cutsFilesIntoAboutAsManySplitsAsAskedFor() throws IOException {
        write("a", 1000);
        write("b", 3000);

        List<TextSplit> splits = TextSplits.of(directory.toString(), 8, ANY_SIZE, configuration);

        assertThat(splits).hasSize(8);
        assertThat(splits.stream().mapToLong(TextSplit::lengthBytes).sum()).isEqualTo(4000);
        assertThat(splits.get(0).path()).endsWith("/a");
        assertThat(splits.get(7).path()).endsWith("/b");
        assertThat(splits.get(7).offsetBytes() + splits.get(7).lengthBytes()).isEqualTo(3000);
        assertThat(splits).allMatch(split -> split.hosts().isEmpty());
    }

    @Test
    void refusesPathsThatNameNothing() {
        refused("", "No path was named: ''", "hdfs:///data/in");
        refused(directory + ",", "'' is not a path", "hdfs:///data/in");
        refused(null, "A path was null", "hdfs:///data/in");
    }

    @Test
    void saysThatCommasSeparatePaths() throws IOException {
        write("a,b", 10);

        refused(directory + "/a,b", "/a does not exist", "commas separate paths");
        assertThat(TextSplits.of(directory + "/a?b", 1, ANY_SIZE, configuration))
                .hasSize(1);
    }

    @Test
    void refusesAFileSystemWhoseCodeIsNotThere() {
        configuration.set("fs.far.impl", "org.example.FarFileSystem");

        refused("far://bucket/in", "cannot be used", "org.example.FarFileSystem");
    }

    private void refused(String paths, String... sentences) {
        assertThatThrownBy(() -> TextSplits.of(paths, 1, ANY_SIZE, configuration))
                .isInstanceOfSatisfying(RaddleException.class, refusal -> {
                    assertThat(refusal.fault()).isInstanceOf(Cause.InvalidInput.class);
                    assertThat(refusal.fault().sentences()).contains(sentences);
                });
    }

    @Test
    void keepsSplitsBetweenTheLeastAndTheMost() throws IOException {
        write("a", 1000);

        assertThat(lengths(1, new SplitSize(1, 300))).containsExactly(300L, 300L, 300L, 100L);
        assertThat(lengths(100, new SplitSize(500, 800))).containsExactly(500L, 500L);
        assertThat(lengths(100, new SplitSize(500, 250))).containsExactly(250L, 250L, 250L, 250L);
    }

    private List<Long> lengths(int minPartitions, SplitSize size) {
        return TextSplits.of(directory.toString(), minPartitions, size, configuration).stream()
                .map(TextSplit::lengthBytes)
                .toList();
    }

    @Test
    void leavesOutHiddenAndEmptyFiles() throws IOException {
        write("part-00000", 10);
        write("_SUCCESS", 10);
        write(".hidden", 10);
        write("empty", 0);

        assertThat(TextSplits.of(directory.toString(), 1, ANY_SIZE, configuration))
                .singleElement()
                .satisfies(split -> assertThat(split.path()).endsWith("part-00000"));
    }

    @Test
    void takesGlobsAndSeveralPaths() throws IOException {
        write("a1", 10);
        write("a2", 10);
        write("b1", 10);
        write("c,1", 10);

        assertThat(names(directory + "/a*," + directory + "/{b1,x}")).containsExactly("a1", "a2", "b1");
        assertThat(names(directory + "/{a1,b1}")).containsExactly("a1", "b1");
    }

    @Test
    void readsCompressedFilesWhole() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write("one\ntwo\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(directory.resolve("lines.gz"), compressed.toByteArray());

        List<TextSplit> splits = TextSplits.of(directory.toString(), 10, ANY_SIZE, configuration);

        assertThat(splits).hasSize(1);
        List<String> lines = new ArrayList<>();
        try (TextInput input = TextInput.open(splits.get(0).toProto(), configuration, bytes -> {})) {
            input.forEachRemaining(lines::add);
        }
        assertThat(lines).hasSize(2000).startsWith("one", "two");
    }

    @Test
    void readsEveryLineOfBzip2OnceOverItsSplits() throws IOException {
        List<String> expected = new ArrayList<>();
        Random random = new Random(3);
        for (int line = 0; line < 60_000; line++) {
            expected.add(Long.toString(random.nextLong(), 36) + (line % 5 == 0 ? "\rx" : ""));
        }
        Path file = directory.resolve("lines.bz2");
        try (OutputStream out = bzip2().createOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\r\n", expected)).getBytes(StandardCharsets.UTF_8));
        }

        for (int partitions : new int[] {1, 2, 5, 17, 60}) {
            List<String> lines = new ArrayList<>();
            List<TextSplit> splits = TextSplits.of(file.toString(), partitions, ANY_SIZE, configuration);
            for (TextSplit split : splits) {
                try (TextInput input = TextInput.open(split.toProto(), configuration, bytes -> {})) {
                    input.forEachRemaining(lines::add);
                }
            }
            assertThat(splits).hasSizeGreaterThanOrEqualTo(partitions);
            assertThat(lines).as("in %d splits", partitions).isEqualTo(expected);
        }
    }

    @Test
    void warnsOfAHugeFileThatOneTaskAloneMustRead() {
        FileStatus huge = status(9L << 27);
        FileStatus usual = status(8L << 27);

        assertThat(TextSplits.warning(huge))
                .hasValueSatisfying(text ->
                        assertThat(text).startsWith("/x.gz has 1152 MiB and a compression that cannot be split"));
        assertThat(TextSplits.warning(usual)).isEmpty();
    }

    private CompressionCodec bzip2() {
        BZip2Codec codec = new BZip2Codec();
        codec.setConf(configuration);
        return codec;
    }

    private static FileStatus status(long length) {
        return new FileStatus(length, false, 1, 1L << 27, 0, new org.apache.hadoop.fs.Path("/x.gz"));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 100, 900})
    void namesFileAndPlaceWhereCompressedInputEndsTooSoon(int bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            byte[] noise = new byte[2000];
            new Random(1).nextBytes(noise);
            out.write(noise);
        }
        Files.write(directory.resolve("cut.gz"), Arrays.copyOf(compressed.toByteArray(), bytes));

        assertThatThrownBy(() -> lines("cut.gz"))
                .hasMessageContaining("cut.gz is damaged or cut short: it could not be read on at byte " + bytes
                        + " of " + bytes + ": ");
    }

    @Test
    void namesFileAndPlaceWhereCompressedInputIsDamaged() throws IOException {
        Files.writeString(directory.resolve("no.gz"), "this was never compressed\n".repeat(100));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = bzip2().createOutputStream(packed)) {
            out.write("text\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] damaged = packed.toByteArray();
        Arrays.fill(damaged, damaged.length / 3, damaged.length / 2, (byte) 0x5a);
        Files.write(directory.resolve("no.bz2"), damaged);

        assertThatThrownBy(() -> lines("no.gz"))
                .hasMessageContaining("no.gz is damaged or cut short: it could not be read on at byte 2600 of 2600: ");
        assertThatThrownBy(() -> lines("no.bz2")).hasMessageContaining("no.bz2 is damaged or cut short");
    }

    @Test
    void namesAFileThatMayNotBeRead() {
        assertThat(FileTrouble.of("/secret", new AccessControlException("Permission denied: user=me\nat Somewhere"))
                        .fault()
                        .sentences())
                .isEqualTo("Access to /secret was denied: Permission denied: user=me."
                        + " Ask its owner for the permission, or submit as a user who has it.");
    }

    private List<String> lines(String name) {
        List<String> lines = new ArrayList<>();
        for (TextSplit split : TextSplits.of(directory.resolve(name).toString(), 1, ANY_SIZE, configuration)) {
            TextInput.open(split.toProto(), configuration, bytes -> {}).forEachRemaining(lines::add);
        }
        return lines;
    }

    @Test
    void readsEveryLineOnceOverItsSplits() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 5000; line++) {
            text.append("line ").append(line).append(line % 7 == 0 ? "\r\n" : "\n");
        }
        Files.writeString(directory.resolve("text"), text);
        List<String> lines = new ArrayList<>();
        long[] bytes = {0};

        for (TextSplit split : TextSplits.of(directory.toString(), 13, ANY_SIZE, configuration)) {
            try (TextInput input = TextInput.open(split.toProto(), configuration, count -> bytes[0] += count)) {
                input.forEachRemaining(lines::add);
            }
        }

        assertThat(lines).hasSize(5000);
        assertThat(lines.get(4999)).isEqualTo("line 4999");
        assertThat(bytes[0]).isGreaterThanOrEqualTo(text.length());
    }

    @Test
    void namesAMissingPath() {
        String path = directory.resolve("nothing").toString();

        assertThatThrownBy(() -> TextSplits.of(path, 1, ANY_SIZE, configuration))
                .isInstanceOfSatisfying(RaddleException.class, e -> {
                    assertThat(e.fault()).isInstanceOf(Cause.InvalidInput.class);
                    assertThat(e.fault().happened()).isEqualTo("The input path " + path + " does not exist.");
                });
        assertThatThrownBy(() -> TextSplits.of(path + "/*", 1, ANY_SIZE, configuration))
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ","})
    void refusesAPathThatNamesNothing(String path) {
        assertThatThrownBy(() -> TextSplits.of(path, 1, ANY_SIZE, configuration))
                .isInstanceOfSatisfying(RaddleException.class, e -> {
                    assertThat(e.fault().happened())
                            .isEqualTo(path == null ? "A path was null." : "No path was named: '" + path + "'.");
                    assertThat(e.fault().remedy()).startsWith("Give a path such as ");
                });
    }

    @Test
    void namesAFileSystemThatIsInNoJar() {
        configuration.set("fs.far.impl", "org.example.FarFileSystem");

        assertThatThrownBy(() -> TextSplits.of("far://bucket/in", 1, ANY_SIZE, configuration))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("The file system of far://bucket/in cannot be used: its class is in no jar: ")
                .hasMessageContaining("org.example.FarFileSystem")
                .hasMessageContaining("--jars");
        assertThatThrownBy(() -> TextSplits.of("nowhere://bucket/in", 1, ANY_SIZE, configuration))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining(
                        "The file system of nowhere://bucket/in cannot be used: No FileSystem for scheme");
    }

    @Test
    void saysThatNobodyKnowsTheHostOfAPath() {
        assertThatThrownBy(() -> TextSplits.of("hdfs://host.invalid/in", 1, ANY_SIZE, configuration))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining(
                        "hdfs://host.invalid/in cannot be reached: nobody here knows the host host.invalid.")
                .hasMessageContaining("HADOOP_CONF_DIR");
    }

    @Test
    void refusesADirectoryWithinADirectoryUnlessItIsToldToGoThere() throws IOException {
        Files.createDirectory(directory.resolve("inner"));
        Files.writeString(directory.resolve("inner/file"), "text\n");

        assertThatThrownBy(() -> TextSplits.of(directory.toString(), 1, ANY_SIZE, configuration))
                .hasMessageContaining("is a directory within a directory");

        configuration.setBoolean("mapreduce.input.fileinputformat.input.dir.recursive", true);
        assertThat(TextSplits.of(directory.toString(), 1, ANY_SIZE, configuration))
                .hasSize(1);
    }

    @Test
    void refusesAFileThatChangedSinceItsSplitsWerePlanned() throws IOException {
        write("a", 10);
        TextSplit split =
                TextSplits.of(directory.toString(), 1, ANY_SIZE, configuration).get(0);
        write("a", 20);

        assertThatThrownBy(() -> TextInput.open(split.toProto(), configuration, bytes -> {}))
                .hasMessageContaining("it had 10 bytes when the job was planned and has 20 now");
    }

    private List<String> names(String paths) {
        return TextSplits.of(paths, 1, ANY_SIZE, configuration).stream()
                .map(split -> split.path().substring(split.path().lastIndexOf('/') + 1))
                .toList();
    }

    private void write(String name, int bytes) throws IOException {
        Files.writeString(directory.resolve(name), "x".repeat(bytes));
        Files.deleteIfExists(directory.resolve("." + name + ".crc"));
    }
}
