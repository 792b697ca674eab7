package io.raddle.yarn.client;

import io.raddle.config.Nearest;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns words into {@link SubmitOptions}; the first word that is no option ends the options. */
final class CommandLineReader {
    private static final String REMEDY = "yarn-submit --help lists the options.";

    private CommandLineReader() {}

    static SubmitOptions read(String... words) {
        SubmitOptions options = new SubmitOptions();
        try {
            options.given = parser(options).parseArgs(words).matchedOptions().stream()
                    .map(OptionSpec::longestName)
                    .distinct()
                    .toList();
        } catch (UnmatchedArgumentException e) {
            throw new RaddleException(unknown(e), e);
        } catch (ParameterException e) {
            throw new RaddleException(new Cause.InvalidInput(sentence(e), REMEDY), e);
        }
        return options;
    }

    static String help() {
        StringWriter text = new StringWriter();
        parser(new SubmitOptions()).usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        return text.toString().stripTrailing();
    }

    private static CommandLine parser(SubmitOptions options) {
        return new CommandLine(options)
                .setStopAtPositional(true)
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(36);
    }

    private static Cause unknown(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        List<String> options = e.getCommandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        String meant = Nearest.of(word.replaceFirst("=.*", ""), options)
                .map(nearest -> "Did you mean " + nearest + "? ")
                .orElse("");
        return new Cause.InvalidInput("Unknown option " + word + ".", meant + REMEDY);
    }

    private static String sentence(ParameterException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        // Of an option with a key it says "option" twice.
        message = message.replaceFirst("^Value for option option ", "Value for option ");
        return message.endsWith(".") ? message : message + ".";
    }
}
