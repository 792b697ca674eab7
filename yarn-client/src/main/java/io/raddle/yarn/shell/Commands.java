package io.raddle.yarn.shell;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.plan.KnownJob;
import io.raddle.yarn.client.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Does what commands say. Of the editor's thread. */
final class Commands {
    private final Shell shell;
    private final Console console;
    private final Consumer<String> lines;
    private OptionalInt exit = OptionalInt.empty();

    /** {@code lines} evaluates a text. */
    Commands(Shell shell, Console console, Consumer<String> lines) {
        this.shell = shell;
        this.console = console;
        this.lines = lines;
    }

    /** The code to exit with, once that was asked for. */
    OptionalInt exit() {
        return exit;
    }

    void run(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+", 2));
        String argument = words.size() > 1 ? words.get(1) : "";
        try {
            run(
                    Command.of(words.get(0))
                            .orElseThrow(() -> invalid(
                                    "There is no command " + words.get(0) + ".", "/help lists those that there are.")),
                    argument);
        } catch (RaddleException e) {
            console.say(e.fault().sentences());
        }
    }

    private void run(Command command, String argument) {
        switch (command) {
            case HELP -> console.print(help());
            case JOBS -> console.print(jobs());
            case CANCEL -> cancel(argument);
            case OPEN -> lines.accept(read(argument));
            case SAVE -> save(argument);
            case RESET -> shell.reset();
            case EXIT -> exit = OptionalInt.of(argument.isEmpty() ? YarnShell.SUCCESS : number(argument));
        }
    }

    private static String help() {
        return "Lines are Java; a variable session is there. An Rdd shows its first records by its show().\n"
                + "Tab completes, and tells signatures behind a parenthesis. Ctrl-C cancels what runs. Commands:\n"
                + Arrays.stream(Command.values())
                        .map(each -> String.format(Locale.ROOT, "  %-14s %s", each.usage(), each.help()))
                        .collect(Collectors.joining("\n"));
    }

    private String jobs() {
        List<KnownJob> jobs = shell.engine().map(engine -> engine.jobs().jobs()).orElse(List.of());
        return jobs.isEmpty()
                ? "No job has run."
                : jobs.stream()
                        .map(job -> String.format(
                                Locale.ROOT,
                                "%4d  %-9s  %s",
                                job.id(),
                                job.state().name().toLowerCase(Locale.ROOT),
                                job.labels().description().orElse(job.site())))
                        .collect(Collectors.joining("\n"));
    }

    private void cancel(String argument) {
        OptionalInt wanted = argument.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(argument));
        shell.engine()
                .ifPresent(engine ->
                        engine.jobs().cancel(job -> wanted.isEmpty() || wanted.getAsInt() == job.id(), "/cancel"));
    }

    private static String read(String file) {
        try {
            return Files.readString(path(file));
        } catch (IOException e) {
            throw invalid(file + " cannot be read: " + e + ".", "Name a text file.");
        }
    }

    private void save(String file) {
        Path path = path(file);
        try {
            Files.writeString(path, shell.prompt().source());
        } catch (IOException e) {
            throw invalid(path + " cannot be written: " + e + ".", "Name a file in a directory of yours.");
        }
    }

    private static Path path(String file) {
        if (file.isEmpty()) {
            throw invalid("No file was named.", "Name one, as in /open lines.jsh.");
        }
        return Path.of(file.replaceFirst("^~(?=/|$)", System.getProperty("user.home")));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw invalid(text + " is no number.", "Give a whole number.");
        }
    }

    private static RaddleException invalid(String what, String todo) {
        return new RaddleException(new Cause.InvalidInput(what, todo));
    }
}
