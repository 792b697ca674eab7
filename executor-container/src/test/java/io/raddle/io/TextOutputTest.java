package io.raddle.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.id.AttemptId;
import io.raddle.id.StageId;
import io.raddle.proto.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextOutputTest {
    private final Configuration configuration = new Configuration();

    @TempDir
    Path directory;

    private Path target;
    private OutputJob job;

    @BeforeEach
    void setUp() {
        target = directory.resolve("out");
        job = job(1);
        job.setUp();
    }

    @Test
    void showsNothingUntilTheJobCommits() throws IOException {
        write(attempt(0, 0), "a", null, 7);
        write(attempt(1, 0), "b");

        assertThat(visible()).isEmpty();
        job.commit();

        assertThat(visible()).containsExactly("_SUCCESS", "part-00000", "part-00001");
        assertThat(target.resolve("part-00000")).hasContent("a\nnull\n7\n");
        assertThat(target.resolve("part-00001")).hasContent("b\n");
        assertThat(target.resolve("_temporary")).doesNotExist();
    }

    @Test
    void publishesOneAttemptOfATask() throws IOException {
        write(attempt(0, 0), "first");
        write(attempt(0, 1), "second");

        job.commit();

        assertThat(target.resolve("part-00000")).hasContent("second\n");
    }

    @Test
    void forgetsAnAttemptThatWasNotCommitted() throws IOException {
        try (TextOutput out = open(attempt(0, 0))) {
            out.write("half");
        }
        try (TextOutput out = open(attempt(1, 0))) {
            out.write("whole");
            out.finish();
        }

        job.commit();

        assertThat(visible()).containsExactly("_SUCCESS");
    }

    @Test
    void laterAttemptOfTheApplicationTakesOverWhatAnEarlierOneLeft() throws IOException {
        write(attempt(0, 0), "early");

        job(2).setUp();
        write(attempt(1, 0), "late");
        job(2).commit();

        assertThat(visible()).containsExactly("_SUCCESS", "part-00001");
    }

    @Test
    void laterAttemptOfTheApplicationMakesACompleteOutputAnew() throws IOException {
        write(attempt(0, 0), "early");
        job.commit();

        job(2).setUp();

        assertThat(visible()).isEmpty();
        assertThat(target).isDirectory();
    }

    @Test
    void neitherTheSameAttemptNorAnotherApplicationTakesOver() throws IOException {
        OutputJob stranger = new OutputJob(target.toString(), configuration, new OutputMaker("another", 2));

        assertThatThrownBy(() -> job.setUp()).hasMessageContaining("exists already");
        assertThatThrownBy(stranger::setUp).hasMessageContaining("exists already");
        job.commit();
        assertThatThrownBy(stranger::setUp).hasMessageContaining("exists already");
    }

    @Test
    void mayCommitTwice() throws IOException {
        try (TextOutput out = open(attempt(0, 0))) {
            out.write("a");
            out.finish();
            out.commit();
            out.commit();
        }

        job.commit();
        job.commit();

        assertThat(target.resolve("part-00000")).hasContent("a\n");
    }

    @Test
    void writesRecordsLargerThanItsBuffer() throws IOException {
        String large = "x".repeat(100_000);
        String exact = "y".repeat((64 << 10) - 1);
        write(attempt(0, 0), "small", large, exact, "z");

        job.commit();

        assertThat(Files.readAllLines(target.resolve("part-00000"))).containsExactly("small", large, exact, "z");
    }

    @Test
    void leavesNothingWhenTheJobIsAborted() throws IOException {
        write(attempt(0, 0), "a");

        job.abort();

        assertThat(target).doesNotExist();
    }

    @Test
    void refusesAnOutputPathThatExists() {
        assertThatThrownBy(job::setUp).hasMessageContaining("The output path " + target + " exists already.");
    }

    @Test
    void refusesTheAlgorithmThatShowsOutputEarly() {
        String key = "mapreduce.fileoutputcommitter.algorithm.version";

        OutputJob.checkSettings(Map.of(key, "1"));
        assertThatThrownBy(() -> OutputJob.checkSettings(Map.of(key, "2")))
                .hasMessageContaining("algorithm.version=2 is refused");
    }

    @Test
    void compressesWithACodecOfHadoop() throws IOException {
        Output output = output().toBuilder()
                .setCodec("org.apache.hadoop.io.compress.GzipCodec")
                .build();
        try (TextOutput out = TextOutput.open(output, attempt(0, 0), configuration)) {
            out.write("squeezed");
            out.finish();
            out.commit();
        }
        job.commit();

        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(target.resolve("part-00000.gz")))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("squeezed\n");
        }
    }

    @Test
    void namesACodecThatDoesNotExist() {
        Output output = output().toBuilder().setCodec("no.Such").build();

        assertThatThrownBy(() -> TextOutput.open(output, attempt(0, 0), configuration))
                .hasMessageContaining("no.Such is not a compression codec");
    }

    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("_temporary"))
                    .sorted()
                    .toList();
        }
    }

    private void write(AttemptId attempt, @Nullable Object... records) throws IOException {
        try (TextOutput out = open(attempt)) {
            Arrays.asList(records).forEach(out::write);
            out.finish();
            out.commit();
        }
    }

    private TextOutput open(AttemptId attempt) {
        return TextOutput.open(output(), attempt, configuration);
    }

    private Output output() {
        return Output.newBuilder().setPath(target.toString()).build();
    }

    private static AttemptId attempt(int partition, int number) {
        return new AttemptId(1, new StageId(2), partition, number);
    }

    private OutputJob job(int attempt) {
        return new OutputJob(target.toString(), configuration, new OutputMaker("application", attempt));
    }
}
