package io.raddle.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FileContentTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FileContent.PIECE_BYTES, FileContent.PIECE_BYTES + 1, 5_000_000})
    void givesAllBytesOfAFile(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);

        assertThat(FileContent.of(Files.write(directory.resolve("file"), content)))
                .isEqualTo(content);
    }

    @Test
    void takesLittleDirectMemoryForALargeFile() throws IOException {
        Path file = Files.write(directory.resolve("large"), new byte[8 << 20]);
        long before = directBytes();

        assertThat(FileContent.of(file)).hasSize(8 << 20);

        assertThat(directBytes() - before).isLessThanOrEqualTo(2L * FileContent.PIECE_BYTES);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
    }
}
