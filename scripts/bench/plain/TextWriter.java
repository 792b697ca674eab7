import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Lines of text into a stream, through a buffer. */
final class TextWriter implements Closeable {
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 18];
    private int filled;

    TextWriter(OutputStream out) {
        this.out = out;
    }

    TextWriter bytes(byte[] bytes, int from, int count) throws IOException {
        if (count > buffer.length - filled) {
            flush();
        }
        System.arraycopy(bytes, from, buffer, filled, count);
        filled += count;
        return this;
    }

    TextWriter text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes(bytes, 0, bytes.length);
    }

    private void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}
