package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pipe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process and the three threads that serve its streams, since nobody can wait for one of several streams at once. What
 * waits in either direction is bounded; {@code this} guards it. Ends with its process.
 */
final class ProcessStreams {
    private static final Logger LOG = LoggerFactory.getLogger("io.raddle.pipe");
    private static final int MOST_CHUNKS = 4;
    private static final int MOST_LINES = 1024;
    private static final int LAST_WORDS = 10;

    private final List<String> command;
    private final Process process;
    private final PipeWorkplace workplace;
    private final Deque<byte[]> input = new ArrayDeque<>();
    private final Deque<String> output = new ArrayDeque<>();
    private final Deque<String> errors = new ArrayDeque<>();
    private final Thread errorReader;
    private boolean inputEnds;
    /** The process reads no more. */
    private boolean inputClosed;

    private boolean outputEnded;
    /** Nobody takes lines any more. */
    private boolean closed;

    private ProcessStreams(Pipe<?> pipe, Process process, PipeWorkplace workplace) {
        this.command = pipe.command();
        this.process = process;
        this.workplace = workplace;
        Charset charset = Charset.forName(pipe.encoding());
        begin("in", this::write);
        begin("out", () -> read(charset));
        this.errorReader = begin("err", () -> readErrors(charset));
    }

    static ProcessStreams start(Pipe<?> pipe) {
        PipeWorkplace workplace = PipeWorkplace.of(pipe.workplace());
        try {
            ProcessBuilder builder = new ProcessBuilder(pipe.command()).directory(workplace.directory());
            builder.environment().putAll(pipe.environment());
            return new ProcessStreams(pipe, builder.start(), workplace);
        } catch (IOException e) {
            workplace.close();
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The command " + pipe.command() + " that records were to be piped to could not be started: "
                                    + FileTrouble.firstLine(e) + ".",
                            "It must be executable on every node; ship it with --files, or name its full path."),
                    e);
        }
    }

    /** A line when one is there. */
    synchronized @Nullable String pollLine() {
        String line = output.poll();
        notifyAll();
        return line;
    }

    /** The next line, waiting for it; null when the process prints no more. */
    synchronized @Nullable String takeLine() throws InterruptedException {
        while (output.isEmpty() && !outputEnded) {
            wait();
        }
        return pollLine();
    }

    /** Takes input, or waits until there is room or a line and says that it did not. */
    synchronized boolean offer(byte[] chunk) throws InterruptedException {
        while (input.size() >= MOST_CHUNKS && output.isEmpty() && !inputClosed) {
            wait();
        }
        if (inputClosed) {
            return true;
        }
        boolean room = input.size() < MOST_CHUNKS;
        if (room) {
            input.add(chunk);
            notifyAll();
        }
        return room;
    }

    /** No more input comes. */
    synchronized void endInput() {
        inputEnds = true;
        notifyAll();
    }

    /** Whether the process has ended and all that it printed was taken: it wants no more input. */
    synchronized boolean over() {
        return outputEnded && output.isEmpty() && !process.isAlive();
    }

    int exitCode() throws InterruptedException {
        int code = process.waitFor();
        errorReader.join();
        return code;
    }

    /** The end of what the process said on its standard error, as the end of a sentence. */
    synchronized String lastWords() {
        return errors.isEmpty() ? "" : "; it said last: " + String.join(" | ", errors);
    }

    /** Kills the process if it runs. */
    void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        synchronized (this) {
            inputClosed = true;
            closed = true;
            notifyAll();
        }
        workplace.close();
    }

    private Thread begin(String stream, Runnable work) {
        Thread thread = new Thread(work, "pipe-" + stream + "-" + process.pid());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void write() {
        try (OutputStream in = process.getOutputStream()) {
            byte[] chunk = nextChunk();
            while (chunk != null) {
                in.write(chunk);
                // The process may wait for this input before it prints what the task waits for.
                in.flush();
                chunk = nextChunk();
            }
        } catch (IOException e) {
            LOG.debug("{} reads no more of its input", command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                inputClosed = true;
                notifyAll();
            }
        }
    }

    private synchronized byte @Nullable [] nextChunk() throws InterruptedException {
        while (input.isEmpty() && !inputEnds && !inputClosed) {
            wait();
        }
        byte[] chunk = inputClosed ? null : input.poll();
        notifyAll();
        return chunk;
    }

    private void read(Charset charset) {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), charset))) {
            String line = out.readLine();
            while (line != null) {
                add(line);
                line = out.readLine();
            }
        } catch (IOException e) {
            LOG.debug("the output of {} ended", command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                outputEnded = true;
                notifyAll();
            }
        }
    }

    private synchronized void add(String line) throws InterruptedException {
        while (output.size() >= MOST_LINES && !closed) {
            wait();
        }
        output.add(line);
        notifyAll();
    }

    private void readErrors(Charset charset) {
        try (BufferedReader err = new BufferedReader(new InputStreamReader(process.getErrorStream(), charset))) {
            String line = err.readLine();
            while (line != null) {
                LOG.warn("{}: {}", command.get(0), line);
                synchronized (this) {
                    if (errors.size() == LAST_WORDS) {
                        errors.remove();
                    }
                    errors.add(line);
                }
                line = err.readLine();
            }
        } catch (IOException e) {
            LOG.debug("the standard error of {} ended", command, e);
        }
    }
}
