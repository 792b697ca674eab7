package io.raddle.yarn.shell;

import io.raddle.yarn.client.console.Console;

/** Lines that nobody types. */
final class ScriptRun {
    private static final int KEPT = 0xff;

    private final Shell shell;
    private final Console console;

    ScriptRun(Shell shell, Console console) {
        this.shell = shell;
        this.console = console;
    }

    /** Runs all lines up to the first that fails; the exit code. {@code shows} whether values of expressions are printed. */
    int run(String text, boolean shows) {
        for (Outcome outcome : shell.prompt().evaluate(text)) {
            if (shell.exit().isPresent()) {
                break;
            }
            if (outcome instanceof Outcome.Failed failed) {
                console.say("yarn-shell: " + Failure.text(failed.thrown(), console.verbose()));
                return shell.refusal().isPresent() ? YarnShell.NO_SESSION : YarnShell.FAILURE;
            }
            if (outcome instanceof Outcome.Rejected rejected) {
                console.say("yarn-shell: " + rejected.text());
                return YarnShell.FAILURE;
            }
            if (shows && outcome instanceof Outcome.Done done && !done.text().isEmpty()) {
                console.print(done.text());
            }
        }
        return shell.exit().isPresent() ? named(shell.exit().getAsInt()) : YarnShell.SUCCESS;
    }

    /** Systems keep the lowest eight bits of a code; only a 0 that was meant is a 0. */
    static int named(int code) {
        return code == 0 ? YarnShell.SUCCESS : Math.max(YarnShell.FAILURE, code & KEPT);
    }
}
