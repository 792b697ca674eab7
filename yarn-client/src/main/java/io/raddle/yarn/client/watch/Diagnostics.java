package io.raddle.yarn.client.watch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** YARN's diagnostics in sentences: what made a master end that could not say so itself, or why it has not begun. */
final class Diagnostics {
    private static final Pattern CLASS_VERSION = Pattern.compile("UnsupportedClassVersionError");
    private static final Pattern NO_JAVA = Pattern.compile("bin/java: No such file|bin/java: not found|exitCode: 127");
    private static final Pattern MEMORY = Pattern.compile(
            "running \\d*B? ?beyond the '(?:PHYSICAL|VIRTUAL)' memory limit|beyond physical memory limits|[Cc]ontainer killed on request. Exit code is 137.*memory",
            Pattern.DOTALL);
    private static final Pattern KILLED =
            Pattern.compile("exitCode: 137|[Ee]xit code (?:is|from container .*? is ?:) ?137");
    private static final Pattern BAD_OPTION = Pattern.compile(
            "Unrecognized (?:VM )?option:? '?(\\S+?)'?(?:\\s|$)|Could not create the Java Virtual Machine");
    private static final Pattern DETAILS = Pattern.compile("Details : (.*)", Pattern.DOTALL);
    private static final Pattern STAMP = Pattern.compile("^\\[[^\\]]*]\\s*");
    private static final String RESOURCE = " = <memory:(\\d+), vCores:(\\d+)[^>]*>;";
    private static final Pattern MASTERS_LIMIT =
            Pattern.compile("Queue's AM resource limit exceeded.*AM Resource Request" + RESOURCE
                    + " Queue Resource Limit for AM" + RESOURCE + ".*Queue AM Resource Usage" + RESOURCE);
    /** Our own master's last line; see its diagnostics. */
    private static final Pattern EXIT_CODE = Pattern.compile("\\s*\\[exit code (-?\\d+)]\\s*$");

    private static final int LONGEST = 400;

    private Diagnostics() {}

    /** One line for the console; empty when YARN said nothing. */
    static String sentence(String diagnostics) {
        if (CLASS_VERSION.matcher(diagnostics).find()) {
            return "The Java of the cluster's nodes is too old for Raddle. Ship a newer one: --ship-jdk jdk-17.tar.gz.";
        }
        if (NO_JAVA.matcher(diagnostics).find()) {
            return "The cluster's nodes have no Java where their JAVA_HOME points. Ship one: --ship-jdk jdk-17.tar.gz.";
        }
        if (MEMORY.matcher(diagnostics).find()) {
            return "YARN killed the driver because it used more memory than it was granted. Give it more with --driver-memory.";
        }
        if (KILLED.matcher(diagnostics).find()) {
            return "The driver was killed by signal 9, by a person or by the kernel of a node short of memory. Submit again, with --max-attempts 2 to outlive such an end.";
        }
        Matcher option = BAD_OPTION.matcher(diagnostics);
        if (option.find()) {
            return "The driver's Java refused " + (option.group(1) == null ? "its options" : option.group(1))
                    + ". Mend --java-options when the option stands there; else the node's Java is older than 17: ship one with --ship-jdk jdk-17.tar.gz.";
        }
        return shortened(firstLineOfOurs(diagnostics));
    }

    /** What killed a master that was not the driver too; goes on after its name. */
    static Optional<String> deathOfRelay(String diagnostics) {
        if (MEMORY.matcher(diagnostics).find()) {
            return Optional.of("was killed by YARN because it used more memory than it was granted.");
        }
        return KILLED.matcher(diagnostics).find()
                ? Optional.of("was killed by signal 9, by a person or by the kernel of a node short of memory.")
                : Optional.empty();
    }

    /** The exit code that our master left in its last words. */
    static OptionalInt exitCode(String diagnostics) {
        Matcher code = EXIT_CODE.matcher(diagnostics);
        return code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
    }

    /** Our master puts a stack below its sentences; YARN's own text has no such order. */
    private static String firstLineOfOurs(String diagnostics) {
        Matcher code = EXIT_CODE.matcher(diagnostics);
        return code.find()
                ? diagnostics.substring(0, code.start()).lines().findFirst().orElse("")
                : diagnostics;
    }

    /** Why an application that was accepted does not start yet. */
    static List<String> waiting(String diagnostics) {
        String text = STAMP.matcher(diagnostics.strip()).replaceFirst("");
        Matcher details = DETAILS.matcher(text);
        String reason = details.find() ? text.substring(0, details.start()) + details.group(1) : text;
        Matcher masters = MASTERS_LIMIT.matcher(reason);
        if (masters.find()) {
            return List.of("In this queue application masters have " + resource(masters, 5) + " and may have "
                    + resource(masters, 3) + "; this one needs " + resource(masters, 1)
                    + ", so another must end first.");
        }
        if (reason.contains("waiting for resources to be assigned for AM")) {
            return List.of("YARN has no container for the application master yet.");
        }
        boolean nothingLacks = reason.isBlank() || reason.startsWith("AM container is launched");
        return nothingLacks ? List.of() : List.of(shortened(reason));
    }

    private static String resource(Matcher match, int group) {
        String cores = match.group(group + 1);
        return match.group(group) + " MiB with " + cores + (cores.equals("1") ? " core" : " cores");
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }
}
