package io.raddle.serde;

import java.util.Arrays;

/** Strings as a {@link RecordWriter} wrote them. */
public final class EncodedText {
    private EncodedText() {}

    /** What {@code String.compareTo} gives for the strings that start at these offsets, by its sign. */
    public static int compare(byte[] left, int leftAt, byte[] right, int rightAt) {
        int leftLength = length(left, leftAt);
        int rightLength = length(right, rightAt);
        int leftStart = start(left, leftAt);
        int rightStart = start(right, rightAt);
        boolean leftWide = left[leftAt] == Tag.UTF_16;
        boolean rightWide = right[rightAt] == Tag.UTF_16;
        if (!leftWide && !rightWide) {
            return Arrays.compareUnsigned(
                    left, leftStart, leftStart + leftLength, right, rightStart, rightStart + rightLength);
        }
        int shorter = Math.min(leftLength, rightLength);
        for (int i = 0; i < shorter; i++) {
            int compared = charAt(left, leftStart, leftWide, i) - charAt(right, rightStart, rightWide, i);
            if (compared != 0) {
                return compared;
            }
        }
        return leftLength - rightLength;
    }

    private static int charAt(byte[] bytes, int start, boolean wide, int index) {
        if (!wide) {
            return bytes[start + index] & 0xff;
        }
        int at = start + Character.BYTES * index;
        return (bytes[at] & 0xff) << Byte.SIZE | (bytes[at + 1] & 0xff);
    }

    private static int length(byte[] bytes, int at) {
        int length = 0;
        int shift = 0;
        int position = at + 1;
        byte next;
        do {
            next = bytes[position++];
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return length;
    }

    private static int start(byte[] bytes, int at) {
        int position = at + 1;
        while (bytes[position] < 0) {
            position++;
        }
        return position + 1;
    }
}
