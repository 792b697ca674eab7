package io.raddle.io;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** Finds where the next block of an object file begins. Stateless. */
final class MarkSearch {
    private static final int WINDOW_BYTES = 64 << 10;

    private MarkSearch() {}

    /** The first place in {@code [from, to)} where the mark stands, or {@code to}. */
    static long next(FSDataInputStream in, byte[] mark, long from, long to) throws IOException {
        byte[] window = new byte[WINDOW_BYTES];
        long at = from;
        while (at < to) {
            in.seek(at);
            int length = in.readNBytes(window, 0, window.length);
            int found = indexOf(window, length, mark);
            if (found >= 0) {
                return Math.min(at + found, to);
            }
            if (length < window.length) {
                return to;
            }
            // The mark may stand across the end of this window.
            at += length - mark.length + 1;
        }
        return to;
    }

    private static int indexOf(byte[] bytes, int length, byte[] mark) {
        for (int start = 0; start + mark.length <= length; start++) {
            int same = 0;
            while (same < mark.length && bytes[start + same] == mark[same]) {
                same++;
            }
            if (same == mark.length) {
                return start;
            }
        }
        return -1;
    }
}
