package io.raddle.yarn.client;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line asks to run, checked as far as this machine alone can check it: files are there, numbers make
 * sense. No cluster was asked.
 */
record Request(
        Configuration configuration,
        Master master,
        Path application,
        List<String> arguments,
        Optional<String> mainClass,
        List<Path> jars,
        List<Shipment> files,
        List<Shipment> archives,
        List<String> javaOptions,
        Optional<Path> jdk,
        boolean detach) {

    /** Frames pass and artifacts lie on disk, so that it takes no more however large the job. */
    private static final int RELAYING_MIB = 512;

    /** A container: memory of the whole of it, and virtual cores. */
    record Size(int memoryMib, int cores) {}

    static Request of(SubmitOptions options, Map<String, String> environment) {
        Configuration configuration = GivenConfiguration.of(options, environment);
        Master master = Master.parse(configuration.get(Keys.MASTER));
        refuseDetaching(options, master);
        if (options.detach && drivenHere(configuration)) {
            throw invalid(
                    "--detach does not go with --deploy-mode client: the driver runs in this process.",
                    "Leave --detach out, or use --deploy-mode cluster.");
        }
        List<Shipment> files = Shipment.parse("--files", options.files);
        List<Shipment> archives = Shipment.parse("--archives", options.archives);
        Shipment.requireNamesOfTheirOwn(files, archives);
        return new Request(
                configuration,
                master,
                application(options),
                List.copyOf(options.words.subList(1, options.words.size())),
                Optional.ofNullable(options.mainClass),
                jars(options.jars),
                files,
                archives,
                QuotedWords.split("--java-options", configuration.get(Keys.JAVA_OPTIONS)),
                Optional.ofNullable(options.jdk).map(jdk -> Shipment.existing("--ship-jdk", jdk)),
                options.detach);
    }

    /** Whether the driver runs in this process, and the master only stands between it and the executors. */
    boolean drivenHere() {
        return drivenHere(configuration);
    }

    private static boolean drivenHere(Configuration configuration) {
        return configuration.get(Keys.DEPLOY_MODE).equals("client");
    }

    /** The container of the application master, which is the driver's too in cluster mode. */
    Size driver() {
        if (drivenHere()) {
            return new Size(RELAYING_MIB, 1);
        }
        return new Size((int) (configuration.get(Keys.DRIVER_MEMORY) >> 20), configuration.get(Keys.DRIVER_CORES));
    }

    Size executor() {
        return new Size((int) (configuration.get(Keys.EXECUTOR_MEMORY) >> 20), configuration.get(Keys.EXECUTOR_CORES));
    }

    int maxAttempts() {
        return Math.max(1, configuration.get(Keys.YARN_MAX_ATTEMPTS));
    }

    /** Only a cluster that stays can go on without us. */
    private static void refuseDetaching(SubmitOptions options, Master master) {
        if (options.detach && !(master instanceof Master.Yarn)) {
            String what = master instanceof Master.Embedded
                    ? "--detach does not go with --master embedded: the cluster ends with this command."
                    : "--detach does not go with --master local: the program runs in this process.";
            throw invalid(
                    what,
                    "Leave --detach out, or start a cluster that stays with local-cluster and submit to that one.");
        }
    }

    private static Path application(SubmitOptions options) {
        if (options.words.isEmpty()) {
            throw invalid(
                    "No application was named.", "Name a jar or a .java file: yarn-submit [OPTIONS] APPLICATION.");
        }
        return Shipment.existing("The application", options.words.get(0));
    }

    private static List<Path> jars(List<String> lists) {
        return Shipment.entries(String.join(",", lists)).stream()
                .map(jar -> Shipment.existing("--jars", jar))
                .distinct()
                .toList();
    }

    private static RaddleException invalid(String what, String todo) {
        return new RaddleException(new Cause.InvalidInput(what, todo));
    }
}
