package io.raddle.yarn.shell;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** What lines print, on its way to a console that has status lines to redraw around it. */
final class ConsoleStream extends OutputStream {
    private final Consumer<byte[]> console;

    private ConsoleStream(Consumer<byte[]> console) {
        this.console = console;
    }

    static PrintStream of(Consumer<byte[]> console) {
        return new PrintStream(new ConsoleStream(console), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int one) {
        console.accept(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        console.accept(Arrays.copyOfRange(bytes, from, from + count));
    }
}
