package io.raddle.yarn.shell;

import io.raddle.plan.KnownJob;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.console.ProgressView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A person at a terminal, until the end. Of the main thread. */
final class Interactive {
    private static final Duration REPEAT = Duration.ofSeconds(30);

    private final Shell shell;
    private final Console console;
    private final Report report;
    private final ProgressView progress;
    private final Commands commands;
    private volatile Optional<Evaluation> running = Optional.empty();

    Interactive(Shell shell, Console console) {
        this.shell = shell;
        this.console = console;
        this.report = new Report(console);
        this.progress = new ProgressView(console, REPEAT);
        this.commands = new Commands(shell, console, this::evaluate);
    }

    /** Reads and evaluates lines; the exit code. */
    int run(Optional<Duration> idleTimeout, String greeting) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            terminal.handle(Terminal.Signal.INT, signal -> running.ifPresent(Evaluation::cancel));
            console.print(greeting);
            LineReader reader = reader(terminal);
            try (Idleness idleness =
                    new Idleness(idleTimeout.orElse(Duration.ofDays(365)), this::isBusy, Thread.currentThread())) {
                return read(reader, idleness);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LineReader reader(Terminal terminal) {
        Typed typed = new Typed(shell);
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("yarn-shell")
                .parser(typed)
                .completer(typed)
                .highlighter(typed)
                .variable(LineReader.HISTORY_FILE, Path.of(home(), ".yarn-shell-history"))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   ...> ")
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .build();
    }

    private static String home() {
        return Optional.ofNullable(System.getenv("HOME")).orElseGet(() -> System.getProperty("user.home"));
    }

    private int read(LineReader reader, Idleness idleness) {
        while (true) {
            String line;
            try {
                line = reader.readLine("raddle> ");
            } catch (UserInterruptException e) {
                if (idleness.over()) {
                    console.say("Nobody used the session for as long as --idle-timeout says; it ends.");
                    return YarnShell.SUCCESS;
                }
                continue;
            } catch (EndOfFileException e) {
                return YarnShell.SUCCESS;
            }
            idleness.used();
            if (Command.isCommand(line)) {
                commands.run(line);
            } else if (!line.isBlank()) {
                evaluate(line);
            }
            idleness.used();
            OptionalInt exit = commands.exit().isPresent() ? commands.exit() : shell.exit();
            if (exit.isPresent()) {
                return YarnShell.named(exit.getAsInt());
            }
        }
    }

    private void evaluate(String text) {
        Evaluation evaluation = new Evaluation(shell, console, progress, text);
        running = Optional.of(evaluation);
        try {
            List<Outcome> outcomes = evaluation.await();
            outcomes.stream().filter(outcome -> !Shell.isExit(outcome)).forEach(outcome -> report.tell(outcome, true));
        } finally {
            running = Optional.empty();
        }
    }

    private boolean isBusy() {
        return running.isPresent()
                || shell.engine()
                        .filter(engine ->
                                engine.jobs().jobs().stream().anyMatch(job -> job.state() == KnownJob.State.RUNNING))
                        .isPresent();
    }
}
