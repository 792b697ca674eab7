package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.function.Pipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records go through processes of the system, as lines. */
class PipeTest {
    private static Session session;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        session = Session.builder()
                .master("local[2]")
                .config("raddle.task.max.attempts", "1")
                .build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void pipesEachPartitionThroughAProcessOfItsOwn() {
        assertThat(session.parallelize(List.of(3, 1, 2, 9, 8), 2)
                        .pipe("sort -n")
                        .collect())
                .containsExactly("1", "3", "2", "8", "9");
        assertThat(session.parallelize(List.of(1, 2, 3), 3)
                        .pipe(List.of("wc", "-l"))
                        .map(String::strip)
                        .collect())
                .containsExactly("1", "1", "1");
        assertThat(session.<String>emptyRdd().pipe("cat").collect()).isEmpty();
    }

    @Test
    void neitherSideWaitsForTheOtherForEver() {
        List<String> lines = IntStream.range(0, 200_000)
                .mapToObj(i -> "a line of some length " + i)
                .toList();
        Rdd<String> rdd = session.parallelize(lines, 1);

        assertThat(rdd.pipe("cat").collect()).isEqualTo(lines);
        assertThat(rdd.pipe("sort").count()).isEqualTo(lines.size());
        assertThat(rdd.pipe("head -n 3").collect()).isEqualTo(lines.subList(0, 3));
        assertThat(rdd.pipe("cat").take(2)).isEqualTo(lines.subList(0, 2));
    }

    @Test
    void setsVariablesDirectoryAndCharacterSet() {
        Rdd<String> words = session.parallelize(List.of("grüße"), 1);

        assertThat(words.pipe(List.of("sh", "-c", "echo $WORD"), Map.of("WORD", "given"))
                        .collect())
                .containsExactly("given");
        String own = words.pipe(List.of("pwd"), Map.of(), true, 100).first();
        assertThat(own).contains("raddle-pipe-");
        assertThat(Path.of(own)).doesNotExist();
        assertThat(words.pipe(List.of("wc", "-c"), Map.of(), false, 100, "ISO-8859-1")
                        .map(String::strip)
                        .collect())
                .containsExactly("6");
        assertThat(words.pipe(List.of("cat"), Map.of(), false, 1, "UTF-16LE").collect())
                .containsExactly("grüße");
    }

    @Test
    void writesWhatTheProgramSaysBeforeAndForEachRecord() {
        Pipe<Integer> cat = Pipe.of(List.of("cat"));

        assertThat(session.parallelize(List.of(1, 2), 2)
                        .pipe(cat.beginning(partition ->
                                        List.of("part " + partition).iterator())
                                .printing(record -> Collections.nCopies(record, "n" + record)
                                        .iterator()))
                        .collect())
                .containsExactly("part 0", "n1", "part 1", "n2", "n2");
    }

    @Test
    void namesTheCommandThatFailsAndItsLastWords() {
        Rdd<Integer> rdd = session.parallelize(List.of(1), 1);

        assertThatThrownBy(() -> rdd.pipe(List.of("sh", "-c", "cat; echo no good >&2; exit 3"))
                        .collect())
                .hasMessageContaining("[sh, -c, cat; echo no good >&2; exit 3]")
                .hasMessageContaining("exit code 3; it said last: no good");
        assertThatThrownBy(() -> rdd.pipe("no-such-command-here").collect())
                .hasMessageContaining("[no-such-command-here] that records were to be piped to could not be started");
        assertThatThrownBy(() -> rdd.pipe(List.of())).hasMessageContaining("A pipe has no command");
        assertThatThrownBy(() -> rdd.pipe(List.of("cat"), Map.of(), false, 1, "utf-99"))
                .hasMessageContaining("no character set 'utf-99'");
    }

    @Test
    void killsTheProcessOfATaskThatIsKilled() throws IOException {
        Path pid = directory.resolve("pid");
        CompletableFuture<Long> count;
        try (Session own = Session.builder().master("local[1]").build()) {
            Rdd<String> endless = own.parallelize(List.of(1), 1)
                    .pipe(List.of("sh", "-c", "echo $$ > " + pid + "; exec tail -f /dev/null"));
            count = CompletableFuture.supplyAsync(endless::count);
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        }

        assertThat(count).failsWithin(Duration.ofSeconds(60));
        long process =
                Long.parseLong(Files.readString(pid, StandardCharsets.UTF_8).strip());
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
    }
}
