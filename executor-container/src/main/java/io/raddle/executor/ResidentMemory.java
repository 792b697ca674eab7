package io.raddle.executor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process, as Linux tells it; 0 where there is no /proc. */
final class ResidentMemory {
    private static final Path STATM = Path.of("/proc/self/statm");
    // What Linux on x86-64 and most arm64 kernels uses; a larger page only makes the number too small.
    private static final long PAGE_BYTES = 4096;

    private ResidentMemory() {}

    static long bytes() {
        try (InputStream in = Files.newInputStream(STATM)) {
            String[] pages = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split(" ", -1);
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
