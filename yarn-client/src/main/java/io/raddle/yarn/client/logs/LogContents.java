package io.raddle.yarn.client.logs;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Takes log files as YARN prints them, each below a header that tells its length, and passes on what stands in them. */
final class LogContents extends OutputStream {
    private static final String LENGTH = "LogLength:";
    private static final String BEGIN = "LogContents:";
    private static final int LONGEST_HEADER = 1 << 16;

    private final Consumer<byte[]> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long announced;
    private long left;
    private boolean found;

    LogContents(Consumer<byte[]> sink) {
        this.sink = sink;
    }

    /** Whether there was a file, be it an empty one. */
    boolean found() {
        return found;
    }

    @Override
    public void write(int each) {
        write(new byte[] {(byte) each}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (left > 0) {
                int content = (int) Math.min(left, end - at);
                sink.accept(Arrays.copyOfRange(bytes, at, at + content));
                left -= content;
                at += content;
            } else {
                header(bytes[at++]);
            }
        }
    }

    private void header(byte each) {
        if (each != '\n') {
            if (line.size() < LONGEST_HEADER) {
                line.write(each);
            }
            return;
        }
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (text.startsWith(LENGTH)) {
            announced = number(text.substring(LENGTH.length()).strip());
        } else if (text.equals(BEGIN)) {
            found = true;
            left = announced;
            announced = 0;
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
