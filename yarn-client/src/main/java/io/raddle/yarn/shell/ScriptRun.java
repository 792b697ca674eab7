package io.raddle.yarn.shell;

import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.console.ProgressView;
import java.time.Duration;

/** Lines that nobody types. */
final class ScriptRun {
    private static final Duration REPEAT = Duration.ofSeconds(30);

    private final Shell shell;
    private final Console console;

    ScriptRun(Shell shell, Console console) {
        this.shell = shell;
        this.console = console;
    }

    /** Runs all lines up to the first that fails; the exit code. {@code values} whether those of expressions are printed. */
    int run(String text, boolean values) {
        Report report = new Report(console);
        for (Outcome outcome : new Evaluation(shell, console, new ProgressView(console, REPEAT), text).await()) {
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
