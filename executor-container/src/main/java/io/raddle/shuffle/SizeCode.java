package io.raddle.shuffle;

/** Sizes of partitions in one byte each: 0 is empty, b stands for about 1.1^b bytes, never more than 10 % too little. */
public final class SizeCode {
    private static final double LOG_BASE = Math.log(1.1);
    private static final int MAX = 255;

    private SizeCode() {}

    /** The code of {@code bytes}. */
    public static byte of(long bytes) {
        if (bytes == 0) {
            return 0;
        }
        return (byte) Math.max(1, Math.min(MAX, (int) Math.ceil(Math.log((double) bytes) / LOG_BASE)));
    }

    /** About the size that {@code code} stands for. */
    public static long bytes(byte code) {
        return code == 0 ? 0 : Math.round(Math.pow(1.1, code & 0xff));
    }
}
