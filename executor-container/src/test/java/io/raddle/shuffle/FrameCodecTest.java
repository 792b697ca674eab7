package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
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
        assertThat(frames.open(Frames.Header.of(frame, 0), frame, Frames.HEADER_BYTES))
                .isEqualTo(noise);
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
}
