package io.raddle.yarn.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the shell itself does, apart from Java. */
enum Command {
    HELP("", "this list"),
    JOBS("", "jobs of the session and how they stand"),
    CANCEL("[JOB]", "cancel a job, or all that run"),
    OPEN("FILE", "run the lines of a file"),
    SAVE("FILE", "write all lines that went well to a file"),
    RESET("", "forget all that was defined; the session goes on"),
    EXIT("[CODE]", "end the session and the shell");

    private final String argument;
    private final String help;

    Command(String argument, String help) {
        this.argument = argument;
        this.help = help;
    }

    /** A comment begins with the same character. */
    static boolean isCommand(String line) {
        String text = line.stripLeading();
        return text.startsWith("/") && !text.startsWith("//") && !text.startsWith("/*");
    }

    /** By its whole name or by a beginning that no other has. */
    static Optional<Command> of(String word) {
        var fitting = Arrays.stream(values())
                .filter(each -> each.word().startsWith(word) && word.length() > 1)
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    String word() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    String usage() {
        return argument.isEmpty() ? word() : word() + " " + argument;
    }

    String help() {
        return help;
    }
}
