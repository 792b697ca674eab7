package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.HashPartitioner;
import io.raddle.id.ShuffleId;
import io.raddle.memory.TaskMemory;
import io.raddle.wire.PortRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever byte of a map output is wrong: the reader says so, or it was a byte that this reader does not need. */
final class CorruptionTest {
    private static final int PARTITIONS = 3;

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {OutputFile.DATA, OutputFile.INDEX})
    void neverGivesWrongRecordsForAFlippedByte(String name) throws Exception {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        List<Object> right = write(shuffling);
        Path file = shuffling.directories.require(mapId(), name);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(5);
        int detected = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] spoiled = whole.clone();
            spoiled[at] ^= (byte) (1 << random.nextInt(8));
            detected += detects(shuffling, file, spoiled, right) ? 1 : 0;
        }
        // The footer is for people only; each byte of all else must be missed by someone.
        assertThat(detected).isGreaterThan(whole.length * 8 / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {OutputFile.DATA, OutputFile.INDEX})
    void neverGivesWrongRecordsForAFileThatWasCutShort(String name) throws Exception {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        List<Object> right = write(shuffling);
        Path file = shuffling.directories.require(mapId(), name);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length * 3 / 4; length += 7) {
            assertThat(detects(shuffling, file, java.util.Arrays.copyOf(whole, length), right))
                    .isTrue();
        }
    }

    private static String mapId() {
        return MapId.of(Shuffling.PREFIX, new ShuffleId(7), 0, 0);
    }

    private static List<Object> write(Shuffling shuffling) throws Exception {
        shuffling.write(Placement.byKey(new HashPartitioner(PARTITIONS)), new RandomRecords(3).counts(60));
        return read(shuffling);
    }

    private static List<Object> read(Shuffling shuffling) throws Exception {
        List<Object> all = new ArrayList<>();
        try (ShuffleClient client = shuffling.client(1 << 20);
                TaskMemory memory = shuffling.budget.openTask()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                new ShuffleReader(shuffling.directories, Optional.of(client), shuffling.format, memory)
                        .read(shuffling.index(), partition, new Combine.None())
                        .forEachRemaining(all::add);
            }
        }
        return all;
    }

    private static boolean detects(Shuffling shuffling, Path file, byte[] spoiled, List<Object> right)
            throws Exception {
        Files.write(file, spoiled);
        shuffling.directories.forget(mapId());
        try {
            assertThat(read(shuffling)).isEqualTo(right);
            return false;
        } catch (RaddleException e) {
            assertThat(e.fault())
                    .isInstanceOfSatisfying(
                            Cause.FetchFailed.class,
                            failed -> assertThat(failed.maps()).containsExactly(0));
            return true;
        }
    }

    /** Served over HTTP, a broken file is found out by the reader or by the server, and given up. */
    @ParameterizedTest
    @ValueSource(strings = {OutputFile.DATA, OutputFile.INDEX})
    void neverGivesWrongRecordsOverTheNetwork(String name) throws Exception {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        try (ShuffleServer server =
                        ShuffleServer.start(shuffling.directories, Shuffling.SECRET, Shuffling.JOB, PortRange.ANY);
                ShuffleClient client = new ShuffleClient(
                        Shuffling.elsewhere(root), Shuffling.SECRET, Shuffling.JOB, 1 << 20, Duration.ofSeconds(30))) {
            shuffling.servedAt(server.port());
            write(shuffling);
            Path file = shuffling.directories.require(mapId(), name);
            spoilMiddle(file);
            shuffling.directories.forget(mapId());
            for (int partition = 0; partition < PARTITIONS; partition++) {
                readOver(client, shuffling, partition);
            }
        }
    }

    private static void spoilMiddle(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 10) {
            bytes[at] ^= 1;
        }
        Files.write(file, bytes);
    }

    private void readOver(ShuffleClient client, Shuffling shuffling, int partition) throws Exception {
        try (TaskMemory memory = shuffling.budget.openTask()) {
            new ShuffleReader(Shuffling.elsewhere(root), Optional.of(client), shuffling.format, memory)
                    .read(shuffling.index(), partition, new Combine.None())
                    .forEachRemaining(record -> assertThat(record).isNull());
        } catch (RaddleException e) {
            assertThat(e.fault()).isInstanceOf(Cause.FetchFailed.class);
        }
    }
}
