package io.raddle.yarn.client.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The two streams of the process. Text of the application passes through untouched; on a terminal a block of status
 * lines stands below it and is redrawn in place. Safe for any thread.
 */
public final class Console {
    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final String LINE_UP = "\u001b[1A";

    private final PrintStream out;
    private final PrintStream err;
    private final Set<Trait> traits;
    private final int columns;
    private int drawn;
    /** Whether the text of the application stands in the middle of a line where our own lines go. */
    private boolean lineOpen;

    /** What a console may be besides two streams. */
    public enum Trait {
        /** A person watches the standard error, so that lines can be redrawn. */
        TERMINAL,
        /** Both streams end in the same place, a terminal, a pipe or a file. */
        ONE_PLACE,
        /** Details are wanted. */
        VERBOSE
    }

    public Console(PrintStream out, PrintStream err, Set<Trait> traits) {
        this(out, err, traits, Integer.MAX_VALUE);
    }

    /** A terminal of so many columns. */
    Console(PrintStream out, PrintStream err, Set<Trait> traits, int columns) {
        this.out = out;
        this.err = err;
        this.traits = Set.copyOf(traits);
        this.columns = columns;
    }

    /** The console of this process; the launcher says whether a person watches the standard error. */
    public static Console ofProcess(Set<Trait> asked) {
        EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
        traits.addAll(asked);
        if (Boolean.getBoolean("raddle.client.terminal")) {
            traits.add(Trait.TERMINAL);
        }
        if (Boolean.getBoolean("raddle.client.one.place")) {
            traits.add(Trait.ONE_PLACE);
        }
        int columns = Integer.getInteger("raddle.client.columns", 0);
        return new Console(System.out, System.err, traits, columns > 0 ? columns : Integer.MAX_VALUE);
    }

    public boolean terminal() {
        return traits.contains(Trait.TERMINAL);
    }

    public boolean verbose() {
        return traits.contains(Trait.VERBOSE);
    }

    /** A line that answers what was asked. */
    public synchronized void print(String line) {
        erase();
        endLine();
        out.println(line);
        out.flush();
    }

    /** A line about what goes on. */
    public synchronized void say(String line) {
        erase();
        endLine();
        err.println(line);
        err.flush();
    }

    /** Where something came from, for those who asked for it and for programs that run in this process. */
    public void stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        say(text.toString().stripTrailing());
    }

    public void detail(String line) {
        if (verbose()) {
            say(line);
        }
    }

    /** Bytes of the application's own standard output. */
    public synchronized void passOut(byte[] bytes) {
        pass(out, bytes);
    }

    /** Bytes of the application's own standard error. */
    public synchronized void passErr(byte[] bytes) {
        pass(err, bytes);
    }

    /** Replaces the status lines below the text; only a terminal shows them. */
    public synchronized void status(List<String> lines) {
        if (!terminal()) {
            return;
        }
        erase();
        // Below half a line they could not be erased without it.
        if (lineOpen) {
            return;
        }
        List<String> rows = lines.stream().flatMap(this::rows).toList();
        rows.forEach(err::println);
        err.flush();
        drawn = rows.size();
    }

    private Stream<String> rows(String line) {
        return IntStream.range(0, line.length() / columns + (line.length() % columns == 0 ? 0 : 1))
                .mapToObj(row -> line.substring(row * columns, (int) Math.min(line.length(), (row + 1L) * columns)));
    }

    private void pass(PrintStream stream, byte[] bytes) {
        erase();
        stream.write(bytes, 0, bytes.length);
        stream.flush();
        boolean amongOurs = stream == err || traits.contains(Trait.ONE_PLACE);
        if (amongOurs && bytes.length > 0) {
            lineOpen = bytes[bytes.length - 1] != '\n';
        }
    }

    private void endLine() {
        if (lineOpen) {
            err.println();
        }
        lineOpen = false;
    }

    private void erase() {
        if (drawn > 0) {
            err.print((LINE_UP + ERASE_LINE).repeat(drawn));
            err.flush();
            drawn = 0;
        }
    }
}
