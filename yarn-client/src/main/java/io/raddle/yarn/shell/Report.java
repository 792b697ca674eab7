package io.raddle.yarn.shell;

import io.raddle.yarn.client.console.Console;

/** What became of lines, told to a person. */
final class Report {
    private final Console console;

    Report(Console console) {
        this.console = console;
    }

    /** {@code values} whether those of expressions are of interest. */
    void tell(Outcome outcome, boolean values) {
        if (outcome instanceof Outcome.Done done) {
            done.notes().forEach(console::say);
            if (values && !done.text().isEmpty()) {
                console.print(done.text());
            }
        } else if (outcome instanceof Outcome.Failed failed) {
            console.say(Failure.text(failed.thrown(), console.verbose()));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            console.say("error: " + rejected.text());
        }
    }
}
