package io.raddle.function;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process that records are piped through: one for each partition. It reads lines and what it prints are the records that
 * come out. Immutable.
 *
 * @param command the program and its arguments, found by the executor's PATH
 * @param environment variables beside those of the executor
 * @param workplace where the process runs
 * @param encoding name of the character set of both directions
 * @param bufferBytes how much is gathered before it is handed to the process
 * @param first lines to write before the records of a partition, from its number
 * @param lines the lines to write for a record
 */
public record Pipe<T>(
        List<String> command,
        Map<String, String> environment,
        Workplace workplace,
        String encoding,
        int bufferBytes,
        FlatMapFunction<Integer, String> first,
        FlatMapFunction<T, String> lines)
        implements Serializable {
    private static final int USUAL_BUFFER_BYTES = 8 << 10;

    /** Where a process runs. */
    public enum Workplace {
        /** In the working directory of the executor. */
        SHARED,
        /** In an empty directory of its own with links to the files of the executor's, removed afterwards. */
        SEPARATE
    }

    public Pipe {
        command = List.copyOf(command);
        environment = new LinkedHashMap<>(environment);
        if (command.isEmpty() || bufferBytes < 1) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A pipe has no command, or a buffer of " + bufferBytes + " bytes.",
                    "Name a command, and a buffer of 1 byte or more."));
        }
        if (!isCharset(encoding)) {
            throw new RaddleException(new Cause.InvalidInput(
                    "This Java knows no character set '" + encoding + "'.", "Name one such as UTF-8."));
        }
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    /** A process of this command, in the executor's directory, that reads and writes UTF-8: a line for each record. */
    public static <T> Pipe<T> of(List<String> command) {
        return new Pipe<>(
                command,
                Map.of(),
                Workplace.SHARED,
                StandardCharsets.UTF_8.name(),
                USUAL_BUFFER_BYTES,
                partition -> Collections.emptyIterator(),
                record -> List.of(String.valueOf(record)).iterator());
    }

    /** The same with these variables beside those of the executor. */
    public Pipe<T> environment(Map<String, String> variables) {
        return new Pipe<>(command, variables, workplace, encoding, bufferBytes, first, lines);
    }

    /** The same in another directory. */
    public Pipe<T> in(Workplace where) {
        return new Pipe<>(command, environment, where, encoding, bufferBytes, first, lines);
    }

    /** The same in another character set. */
    public Pipe<T> encoding(String name) {
        return new Pipe<>(command, environment, workplace, name, bufferBytes, first, lines);
    }

    /** The same with another buffer. */
    public Pipe<T> buffering(int bytes) {
        return new Pipe<>(command, environment, workplace, encoding, bytes, first, lines);
    }

    /** The same with lines before the records of each partition. */
    public Pipe<T> beginning(FlatMapFunction<Integer, String> lines) {
        return new Pipe<>(command, environment, workplace, encoding, bufferBytes, lines, this.lines);
    }

    /** The same with other lines for each record. */
    public Pipe<T> printing(FlatMapFunction<T, String> each) {
        return new Pipe<>(command, environment, workplace, encoding, bufferBytes, first, each);
    }
}
