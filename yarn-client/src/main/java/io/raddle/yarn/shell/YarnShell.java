package io.raddle.yarn.shell;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.ShellSessions;
import io.raddle.yarn.client.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The process that {@code scripts/yarn-shell} starts. */
public final class YarnShell {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int NO_SESSION = 120;

    private static final int KEPT_BITS = 0xff;

    private YarnShell() {}

    public static void main(String... words) {
        System.exit(run(words));
    }

    private static int run(String... words) {
        ShellOptions options = new ShellOptions();
        CommandLine parser = new CommandLine(options).setExpandAtFiles(false).setUsageHelpWidth(100);
        try {
            parser.parseArgs(words);
        } catch (ParameterException e) {
            return refused(String.valueOf(e.getMessage()) + " yarn-shell --help lists the options.");
        }
        if (options.help) {
            StringWriter text = new StringWriter();
            parser.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
            System.out.println(text.toString().stripTrailing());
            return SUCCESS;
        }
        quietLibraries();
        Console console = Console.ofProcess(options.verbose ? Set.of(Console.Trait.VERBOSE) : Set.of());
        try {
            return start(options, console);
        } catch (RaddleException e) {
            return refused(e.fault().sentences());
        }
    }

    private static int start(ShellOptions options, Console console) {
        List<Path> jars = options.jars.stream().map(YarnShell::existing).toList();
        List<Path> scripts = options.words.stream().map(YarnShell::existing).toList();
        if (scripts.size() > 1 || !scripts.isEmpty() && options.code != null) {
            throw new RaddleException(new Cause.InvalidInput(
                    "More than one thing to run was named.", "Name one script, or give --execute."));
        }
        try (ShellSessions sessions = ShellSessions.of(options.master, options.asked(), jars, console);
                Shell shell = Shell.open(sessions, options.name, jars, console)) {
            System.setOut(ConsoleStream.of(console::passOut));
            System.setErr(ConsoleStream.of(console::passErr));
            if (options.code == null && scripts.isEmpty() && Boolean.getBoolean("raddle.client.prompt")) {
                return new Interactive(shell, console).run(idleTimeout(options), greeting(options));
            }
            ScriptRun run = new ScriptRun(shell, console);
            int code = options.code != null
                    ? run.run(options.code, true)
                    : scripts.isEmpty() ? run.run(standardInput(), true) : run.run(read(scripts.get(0)), false);
            if (code != SUCCESS && options.master.equals("yarn")) {
                shell.abandon();
            }
            return code;
        }
    }

    private static Optional<Duration> idleTimeout(ShellOptions options) {
        return Optional.ofNullable(options.idleTimeout).map(text -> {
            Matcher matcher = Pattern.compile("([1-9]\\d{0,6})(ms|s|m|h)").matcher(text);
            if (!matcher.matches()) {
                throw new RaddleException(new Cause.InvalidInput(
                        "--idle-timeout " + text + " is no duration.", "Give a number with ms, s, m or h, as in 30m."));
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        });
    }

    private static String greeting(ShellOptions options) {
        return "Raddle on " + options.master + ", Java " + System.getProperty("java.version")
                + ". The session is in the variable session; /help tells more.";
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a line or a command named; systems keep the lowest eight bits, and only a 0 that was meant is a 0. */
    static int named(int code) {
        return code == SUCCESS ? SUCCESS : Math.max(FAILURE, code & KEPT_BITS);
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(script + " cannot be read: " + e.getMessage() + ".", "Name a text file."),
                    e);
        }
    }

    private static Path existing(String word) {
        Path path = Path.of(word);
        if (!Files.isReadable(path)) {
            throw new RaddleException(new Cause.InvalidInput("The file " + word + " is not there.", "Check the name."));
        }
        return path;
    }

    private static int refused(String sentences) {
        System.err.println("yarn-shell: " + sentences);
        return USAGE;
    }

    /** Before the first logger is made: one line of ours says what a person needs to know. */
    private static void quietLibraries() {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        Logger.getLogger("").setLevel(Level.OFF);
    }
}
