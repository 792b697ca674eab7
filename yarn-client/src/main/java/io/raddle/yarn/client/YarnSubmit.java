package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.console.Console;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The process that {@code scripts/yarn-submit} starts: every end is an exit code and, when not well, one sentence. */
public final class YarnSubmit {
    private YarnSubmit() {}

    public static void main(String... words) {
        int code = run(words);
        ClientClassData.forget();
        System.exit(code);
    }

    private static int run(String... words) {
        SubmitOptions options;
        try {
            options = CommandLineReader.read(words);
        } catch (RaddleException e) {
            return refused(Console.ofProcess(Set.of()), e, ExitCode.USAGE);
        }
        Console console = Console.ofProcess(options.verbose ? Set.of(Console.Trait.VERBOSE) : Set.of());
        if (options.help || words.length == 0) {
            console.print(CommandLineReader.help());
            return words.length == 0 ? ExitCode.USAGE : ExitCode.SUCCESS;
        }
        if (options.version) {
            console.print("Raddle " + version() + ", Java " + System.getProperty("java.version"));
            return ExitCode.SUCCESS;
        }
        return act(options, console);
    }

    private static int act(SubmitOptions options, Console console) {
        quietLibraries(options.verbose);
        try {
            return options.verb() ? ask(options, console) : submit(options, console);
        } catch (RaddleException e) {
            boolean wanted = e.fault() instanceof Cause.Cancelled;
            return refused(console, e, wanted ? ExitCode.KILLED : ExitCode.NOT_SUBMITTED);
        } catch (Exception e) {
            Cause defect = new Cause.InternalError(String.valueOf(e), "");
            return refused(console, new RaddleException(defect, e), ExitCode.NOT_SUBMITTED);
        }
    }

    /** Before the first logger is made: what libraries say to themselves is of use to nobody else. */
    private static void quietLibraries(boolean verbose) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "warn" : "off");
        Logger.getLogger("").setLevel(verbose ? Level.WARNING : Level.OFF);
    }

    private static int ask(SubmitOptions options, Console console) {
        VerbRequest request;
        try {
            request = VerbRequest.of(options, System.getenv());
        } catch (RaddleException e) {
            return refused(console, e, ExitCode.USAGE);
        }
        return Verbs.run(request, console);
    }

    private static int submit(SubmitOptions options, Console console) throws Exception {
        Request request;
        try {
            request = Request.of(options, System.getenv());
        } catch (RaddleException e) {
            return refused(console, e, ExitCode.USAGE);
        }
        return new Run(request, console).untilEnd();
    }

    private static int refused(Console console, RaddleException e, int code) {
        console.say("yarn-submit: " + e.fault().sentences());
        if (console.verbose()) {
            console.stack(e);
        }
        return code;
    }

    private static String version() {
        @Nullable String version = YarnSubmit.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
