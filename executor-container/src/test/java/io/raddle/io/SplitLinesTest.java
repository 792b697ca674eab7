package io.raddle.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitLinesTest {
    static LongStream seeds() {
        Long replay = Long.getLong("seed");
        return replay == null ? LongStream.range(0, 40) : LongStream.of(replay);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLineBelongsToTheSplitInWhichItStartsWhateverTheirSize(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = content(random);
        List<List<String>> expected = linesByStart(content);

        for (int size = 1; size <= content.length + 1; size++) {
            for (int start = 0; start < content.length; start += size) {
                int end = Math.min(content.length, start + size);
                List<String> owned = new ArrayList<>();
                expected.subList(start, end).forEach(owned::addAll);
                assertThat(read(content, start, end, 1 + random.nextInt(24)))
                        .as("split [%s, %s) of seed %s", start, end, seed)
                        .isEqualTo(owned);
            }
        }
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        String line = "é".repeat(10_000);
        byte[] content = (line + "\n" + line).getBytes(StandardCharsets.UTF_8);

        assertThat(read(content, 0, content.length, 16)).containsExactly(line, line);
    }

    @Test
    void refusesALineThatIsLongerThanItsLimit() throws IOException {
        byte[] content = ("short\n" + "x".repeat(100) + "\n").getBytes(StandardCharsets.UTF_8);

        try (SplitLines lines =
                new SplitLines(new ByteArrayInputStream(content), 0, content.length, 16, 64, bytes -> {})) {
            assertThat(lines.next()).isEqualTo("short");
            assertThatThrownBy(lines::next)
                    .hasMessage("a line that begins 6 bytes into the text is longer than 64 bytes");
        }
    }

    @Test
    void readsNothingBeyondASplitThatEndsWithItsLastLine() throws IOException {
        byte[] content = "one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8);
        long[] bytes = {0};

        try (SplitLines lines = new SplitLines(new ByteArrayInputStream(content), 0, 8, 64, n -> bytes[0] += n)) {
            assertThat(all(lines)).containsExactly("one", "two");
        }

        assertThat(bytes[0]).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsTheFirstLineFeedFromAnyPlace(long seed) {
        byte[] bytes = new byte[64];
        new Random(seed).nextBytes(bytes);
        bytes[(int) (seed % 64)] = '\n';

        for (int from = 0; from <= bytes.length; from++) {
            for (int to = from; to <= bytes.length; to++) {
                assertThat(LineSearch.lineFeed(bytes, from, to)).isEqualTo(naive(bytes, from, to));
            }
        }
    }

    private static int naive(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private static List<String> read(byte[] content, int start, int end, int buffer) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(content);
        in.skipNBytes(Math.max(0, start - 1));
        try (SplitLines lines = new SplitLines(in, start, end, buffer, bytes -> {})) {
            return all(lines);
        }
    }

    private static List<String> all(SplitLines lines) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    /** For each byte the line that starts there, if one does. */
    private static List<List<String>> linesByStart(byte[] content) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < content.length; at++) {
            lines.add(new ArrayList<>());
            if (content[at] == '\n') {
                lines.get(start).add(text(content, start, at));
                start = at + 1;
            }
        }
        if (start < content.length) {
            lines.get(start).add(text(content, start, content.length));
        }
        return lines;
    }

    private static String text(byte[] content, int start, int end) throws IOException {
        boolean carriageReturn = end > start && content[end - 1] == '\r';
        return Text.decode(content, start, end - start - (carriageReturn ? 1 : 0), true);
    }

    private static byte[] content(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int lines = random.nextInt(12);
        for (int line = 0; line < lines; line++) {
            byte[] bytes = new byte[random.nextInt(random.nextInt(4) == 0 ? 40 : 6)];
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
            } else {
                bytes = "grüße 日本 😀".substring(0, Math.min(bytes.length, 10)).getBytes(StandardCharsets.UTF_8);
            }
            out.writeBytes(bytes);
            boolean last = line == lines - 1;
            if (!last || random.nextBoolean()) {
                out.writeBytes((random.nextInt(3) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }
}
