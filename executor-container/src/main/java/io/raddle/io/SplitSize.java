package io.raddle.io;

/** How many bytes of a text file one task reads, at least and at most; the most counts where the two exclude each other. */
public record SplitSize(long minBytes, long maxBytes) {
    /** What is nearest to {@code bytes}. */
    long within(long bytes) {
        return Math.min(maxBytes, Math.max(minBytes, bytes));
    }
}
