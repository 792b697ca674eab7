package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A pipe that programs read one byte from to go on; more than one may have to, when the first is killed over it. */
record Gate(RandomAccessFile pipe) implements AutoCloseable {
    static Gate shut(Path at) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", at.toString()).start().waitFor())
                .isZero();
        // Open for both, so that neither side waits for the other to open it.
        return new Gate(new RandomAccessFile(at.toFile(), "rw"));
    }

    void open() throws IOException {
        pipe.write(new byte[8]);
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
