package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the codec, frames come back as they were, and damage is seen. */
final class FrameCodecTest {
    @TempDir
    private Path root;

    @Test
    void readsOutputsOfAllCodecsInOneShuffle() throws Exception {
        Shuffling shuffling = new Shuffling(root, 0);
        List<Object> all = new ArrayList<>();
        for (FrameCodec codec : FrameCodec.values()) {
            List<Pair<Object, Object>> records = new RandomRecords(codec.ordinal()).mixed(3000);
            shuffling.compressed(codec).write(Placement.byKey(new HashPartitioner(1)), records);
            all.addAll(records);
        }

        List<Object> read = new ArrayList<>();
        try (TaskMemory memory = shuffling.budget.openTask()) {
            new ShuffleReader(shuffling.directories, Optional.empty(), shuffling.format, memory)
                    .read(shuffling.index(), 0, new Combine.None())
                    .forEachRemaining(read::add);
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void makesTextSmallerTheMoreTimeItTakes() {
        byte[] text = new byte[Frames.FULL_BYTES];
        Random random = new Random(1);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) "etaoin shrdlu".charAt(Math.min(12, (int) Math.abs(random.nextGaussian() * 4)));
        }

        int stored = new Frames(FrameCodec.NONE).seal(text, text.length).length;
        int lz4 = new Frames(FrameCodec.LZ4).seal(text, text.length).length;
        int zstd = new Frames(FrameCodec.ZSTD).seal(text, text.length).length;

        assertThat(stored).isEqualTo(Frames.HEADER_BYTES + text.length);
        assertThat(lz4).isLessThan(stored);
        assertThat(zstd).isLessThan(lz4);
    }

    @ParameterizedTest
    @EnumSource
    void storesWhatCannotBeMadeSmaller(FrameCodec codec) throws Exception {
        byte[] noise = new byte[1000];
        new Random(7).nextBytes(noise);
        Frames frames = new Frames(codec);

        byte[] frame = frames.seal(noise, noise.length);

        assertThat(frame).hasSize(Frames.HEADER_BYTES + noise.length);
        assertThat(opened(frames, frame)).isEqualTo(noise);
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void refusesAFrameThatIsNotWhatItSays(FrameCodec codec) throws Exception {
        Frames frames = new Frames(codec);
        byte[] frame = frames.seal(new byte[500], 500);
        Frames.Header header = Frames.Header.of(frame, 0);
        Frames.Header longer = new Frames.Header(header.length(), 700, header.codec());

        assertThatThrownBy(() -> frames.open(longer, frame, Frames.HEADER_BYTES))
                .isInstanceOf(BadBlockException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void storesWhatShrinksByLessThanAnEighth(FrameCodec codec) throws Exception {
        byte[] mostlyNoise = new byte[10_000];
        new Random(8).nextBytes(mostlyNoise);
        Arrays.fill(mostlyNoise, 9_500, 10_000, (byte) 0);
        byte[] halfNoise = mostlyNoise.clone();
        Arrays.fill(halfNoise, 5_000, 10_000, (byte) 0);

        assertThat(new Frames(codec).seal(mostlyNoise, 10_000)).hasSize(Frames.HEADER_BYTES + 10_000);
        assertThat(new Frames(codec).seal(halfNoise, 10_000)).hasSizeLessThan(6_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void noticesThatDataBecomesCompressibleAgain(FrameCodec codec) throws Exception {
        byte[] noise = new byte[2000];
        new Random(9).nextBytes(noise);
        byte[] zeros = new byte[2000];
        Frames frames = new Frames(codec);
        for (int i = 0; i < 50; i++) {
            assertThat(opened(frames, frames.seal(noise, noise.length))).isEqualTo(noise);
        }

        int stored = 0;
        byte[] frame = frames.seal(zeros, zeros.length);
        while (frame.length > zeros.length && stored < 100) {
            assertThat(opened(frames, frame)).isEqualTo(zeros);
            stored++;
            frame = frames.seal(zeros, zeros.length);
        }

        assertThat(stored).isLessThan(16);
        assertThat(opened(frames, frame)).isEqualTo(zeros);
        assertThat(frames.seal(zeros, zeros.length)).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void givesBackFramesOfAnySize(FrameCodec codec) throws Exception {
        Frames frames = new Frames(codec);
        for (int size = 0; size < 300; size++) {
            byte[] raw = new byte[size];
            Arrays.fill(raw, size / 2, size, (byte) size);
            new Random(size).nextBytes(size % 3 == 0 ? raw : new byte[0]);
            assertThat(opened(frames, frames.seal(raw, size))).isEqualTo(raw);
        }
    }

    private static byte[] opened(Frames frames, byte[] frame) throws Exception {
        Frames.Records records = frames.open(Frames.Header.of(frame, 0), frame, Frames.HEADER_BYTES);
        return Arrays.copyOfRange(records.bytes(), records.offset(), records.offset() + records.length());
    }
}
