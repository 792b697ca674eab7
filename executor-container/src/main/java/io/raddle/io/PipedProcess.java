package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pipe;
import io.raddle.pipeline.KillSwitch;
import io.raddle.pipeline.UserFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a process makes of the records of a partition. The task's thread pulls records, hands their bytes to a
 * thread that writes them and takes lines from one that reads them, whichever can go on; it alone touches the records.
 */
public final class PipedProcess implements Iterator<String>, AutoCloseable {
    private final Pipe<Object> pipe;
    private final Iterator<?> records;
    private final KillSwitch killSwitch;
    private final ProcessStreams streams;
    private final Charset charset;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean inputEnded;
    private @Nullable String next;

    private PipedProcess(Pipe<Object> pipe, Iterator<?> records, KillSwitch killSwitch, ProcessStreams streams) {
        this.pipe = pipe;
        this.records = records;
        this.killSwitch = killSwitch;
        this.streams = streams;
        this.charset = Charset.forName(pipe.encoding());
    }

    /** Starts the process of a partition. */
    @SuppressWarnings("unchecked") // the records are what the program piped
    public static PipedProcess start(Pipe<?> pipe, int partition, Iterator<?> records, KillSwitch killSwitch) {
        ProcessStreams streams = ProcessStreams.start(pipe);
        PipedProcess process = new PipedProcess((Pipe<Object>) pipe, records, killSwitch, streams);
        try {
            process.gather(pipe.first().call(partition));
        } catch (Exception e) {
            streams.close();
            throw UserFailure.of(e);
        }
        return process;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = advance();
        }
        return next != null;
    }

    @Override
    public String next() {
        String line = hasNext() ? next : null;
        if (line == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return line;
    }

    /** Ends the process if it has not ended. */
    @Override
    public void close() {
        streams.close();
    }

    private @Nullable String advance() {
        try {
            while (true) {
                killSwitch.check();
                String line = inputEnded ? streams.takeLine() : streams.pollLine();
                if (line != null) {
                    return line;
                }
                if (inputEnded || streams.over()) {
                    finish();
                    return null;
                }
                feed();
            }
        } catch (InterruptedException e) {
            streams.close();
            Cause killed = killSwitch.cause();
            throw new RaddleException(killed == null ? new Cause.Cancelled("the end of its executor") : killed, e);
        }
    }

    /** Hands over one buffer of input, or waits until there is room for it or a line to take. */
    private void feed() throws InterruptedException {
        while (gathered.size() < pipe.bufferBytes() && records.hasNext()) {
            Object record = records.next();
            try {
                gather(pipe.lines().call(record));
            } catch (Exception e) {
                throw UserFailure.of(e);
            }
        }
        if (gathered.size() > 0) {
            if (streams.offer(gathered.toByteArray())) {
                gathered.reset();
            }
        } else {
            streams.endInput();
            inputEnded = true;
        }
    }

    private void gather(Iterator<String> lines) throws IOException {
        while (lines.hasNext()) {
            gathered.write(lines.next().getBytes(charset));
            gathered.write("\n".getBytes(charset));
        }
    }

    private void finish() throws InterruptedException {
        int exitCode = streams.exitCode();
        if (exitCode != 0) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The command " + pipe.command() + " that records were piped to ended with exit code " + exitCode
                            + streams.lastWords() + ".",
                    "Run the command by hand on a few of the records; what it printed is in the executor's log."));
        }
        streams.close();
    }
}
