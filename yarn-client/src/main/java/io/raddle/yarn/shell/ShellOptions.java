package io.raddle.yarn.shell;

import io.raddle.config.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words of the command line, as typed. Filled by the parser, then only read. */
@Command(
        name = "yarn-shell",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "yarn-shell [OPTIONS] [SCRIPT.jsh]",
        description = {"", "Java at a prompt, or of a script, whose jobs run on a Hadoop cluster.", ""},
        footer = {
            "",
            "Exit code: 0 when all lines went well, else 1, or what System.exit or /exit say; 2 wrong usage,",
            "120 no session."
        })
final class ShellOptions {
    @Option(names = "--master", paramLabel = "WHERE", description = "yarn (default), embedded, or local[N]")
    String master = "yarn";

    @Option(names = "--execute", paramLabel = "CODE", description = "run this instead of a prompt, and show its values")
    @Nullable
    String code;

    @Option(names = "--name", paramLabel = "NAME", description = "name of the application in YARN")
    String name = "yarn-shell";

    @Option(names = "--jars", paramLabel = "JAR,...", split = ",", description = "jars for prompt and executors")
    List<String> jars = new ArrayList<>();

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "configuration of the engine, or raddle.hadoop.KEY=VALUE")
    Map<String, String> configuration = new LinkedHashMap<>();

    @Option(names = "--executor-memory", paramLabel = "SIZE", description = "container of an executor (default 1g)")
    @Nullable
    String executorMemory;

    @Option(names = "--executor-cores", paramLabel = "N", description = "tasks at once in an executor (default 1)")
    @Nullable
    String executorCores;

    @Option(
            names = "--num-executors",
            paramLabel = "N",
            description = "number of executors, fixed (default: as the work deserves)")
    @Nullable
    String executors;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "queue of the cluster (default: default)")
    @Nullable
    String queue;

    @Option(names = "--driver-memory", paramLabel = "SIZE", description = "heap of the shell (default 1g)")
    @Nullable
    String driverMemory;

    @Option(
            names = "--idle-timeout",
            paramLabel = "DURATION",
            description = "end when nothing was typed and nothing ran for so long, as in 30m")
    @Nullable
    String idleTimeout;

    @Option(
            names = {"--verbose", "-v"},
            description = "show stack traces of failures")
    boolean verbose;

    @Option(
            names = {"--help", "-h"},
            description = "print this help")
    boolean help;

    @Parameters(hidden = true)
    List<String> words = new ArrayList<>();

    /** What is asked of the engine; an option prevails over {@code --conf}. */
    Map<String, String> asked() {
        Map<String, String> asked = new LinkedHashMap<>(configuration);
        put(asked, Keys.EXECUTOR_MEMORY.name(), executorMemory);
        put(asked, Keys.EXECUTOR_CORES.name(), executorCores);
        put(asked, Keys.EXECUTOR_INSTANCES.name(), executors);
        put(asked, Keys.QUEUE.name(), queue);
        put(asked, Keys.DRIVER_MEMORY.name(), driverMemory);
        return asked;
    }

    private static void put(Map<String, String> asked, String key, @Nullable String value) {
        if (value != null) {
            asked.put(key, value);
        }
    }
}
