package io.raddle.yarn.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words of the command line, as typed; {@link Request} is what they mean. Filled by the parser, then only read. */
@Command(
        name = "yarn-submit",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "yarn-submit [OPTIONS] APPLICATION [ARGUMENTS...]",
            "       yarn-submit --list | --status APP | --attach APP | --logs APP | --kill APP"
        },
        description = {
            "",
            "Runs a Java program on a Hadoop cluster. APPLICATION is a jar or one .java source file;",
            "all words behind it are its own arguments.",
            ""
        },
        footer = {
            "",
            "Exit code: that of the application; 2 wrong usage, 120 not submitted, 121 cancelled or killed,",
            "122 lost (nobody can say how it ended), 123 not there for --attach to follow, or not for us."
        })
final class SubmitOptions {
    @Option(names = "--master", paramLabel = "WHERE", description = "yarn (default), embedded, or local[N]")
    @Nullable
    String master;

    @Option(
            names = "--deploy-mode",
            paramLabel = "MODE",
            description = "where the driver runs: cluster (default), or client: here")
    @Nullable
    String deployMode;

    @Option(names = "--class", paramLabel = "NAME", description = "main class; else the jar's Main-Class")
    @Nullable
    String mainClass;

    @Option(names = "--name", paramLabel = "NAME", description = "name of the application in YARN")
    @Nullable
    String name;

    @Option(names = "--jars", paramLabel = "JAR,...", description = "more jars for the application's class path")
    List<String> jars = new ArrayList<>();

    @Option(names = "--files", paramLabel = "FILE#NAME,...", description = "files for each working directory")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--archives",
            paramLabel = "ZIP#DIR,...",
            description = "archives to unpack in each working directory")
    List<String> archives = new ArrayList<>();

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "configuration of the engine, or raddle.hadoop.KEY=VALUE")
    Map<String, String> configuration = new LinkedHashMap<>();

    @Option(names = "--properties-file", paramLabel = "FILE", description = "configuration as a properties file")
    @Nullable
    String propertiesFile;

    @Option(
            names = "--driver-memory",
            paramLabel = "SIZE",
            description = "container of the driver; with local[N] the heap (default 1g)")
    @Nullable
    String driverMemory;

    @Option(names = "--driver-cores", paramLabel = "N", description = "cores of the driver (default 1)")
    @Nullable
    String driverCores;

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

    @Option(
            names = "--java-options",
            paramLabel = "'OPTIONS'",
            description = "options for the JVMs of driver and executors")
    @Nullable
    String javaOptions;

    @Option(
            names = "--ship-jdk",
            paramLabel = "ARCHIVE",
            description = "run on this JDK (.tar.gz or .zip), whatever the nodes have")
    @Nullable
    String jdk;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "starts of the driver before YARN gives up (default 1)")
    @Nullable
    String maxAttempts;

    @Option(names = "--detach", description = "print the application id and return")
    boolean detach;

    @Option(
            names = {"--verbose", "-v"},
            description = "say more, and show stack traces of failures")
    boolean verbose;

    @Option(names = "--list", description = "applications of Raddle that have not ended")
    boolean list;

    @Option(names = "--status", paramLabel = "APP", description = "state and progress of an application")
    @Nullable
    String status;

    @Option(names = "--attach", paramLabel = "APP", description = "follow an application until it ends")
    @Nullable
    String attach;

    @Option(names = "--logs", paramLabel = "APP", description = "print what the driver wrote")
    @Nullable
    String logs;

    @Option(names = "--kill", paramLabel = "APP", description = "end an application")
    @Nullable
    String kill;

    @Option(names = "--version", description = "print the version")
    boolean version;

    @Option(
            names = {"--help", "-h"},
            description = "print this help")
    boolean help;

    @Parameters(hidden = true)
    List<String> words = new ArrayList<>();

    /** The long names of all options that were typed. */
    List<String> given = List.of();

    /** Whether an application is asked about instead of submitted. */
    boolean verb() {
        return list || status != null || attach != null || logs != null || kill != null;
    }
}
