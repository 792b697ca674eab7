package io.raddle.yarn.shell;

import io.raddle.yarn.client.console.Console;

/** Lines that nobody types. */
final class ScriptRun {
    private final Shell shell;
    private final Console console;

    ScriptRun(Shell shell, Console console) {
        this.shell = shell;
        this.console = console;
    }

    /** Runs all lines up to the first that fails; the exit code. {@code values} whether those of expressions are printed. */
    int run(String text, boolean values) {
        Report report = new Report(console);
        for (Outcome outcome : new Evaluation(shell, console, text).await()) {
            if (Shell.isExit(outcome)) {
                break;
            }
            report.tell(outcome, values);
            if (!outcome.isGood()) {
                return shell.refusal().isPresent() ? YarnShell.NO_SESSION : YarnShell.FAILURE;
            }
        }
        return shell.exit().isPresent() ? YarnShell.named(shell.exit().getAsInt()) : YarnShell.SUCCESS;
    }
}
