package io.raddle.cluster;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Starts all daemons at once and waits until the cluster is of use; a start that fails or is killed leaves nothing. */
final class Starter {
    private static final Duration TIMEOUT = Duration.ofSeconds(180);
    private static final long POLL_MS = 100;

    private final Layout layout;
    private final Options options;
    private final Path libraries;
    private final Processes processes;
    private volatile boolean ending;

    Starter(Layout layout, Options options, Path libraries) {
        this.layout = layout;
        this.options = options;
        this.libraries = libraries;
        this.processes = new Processes(layout);
    }

    void start() throws IOException, InterruptedException {
        processes.stopAll(); // containers that outlived a cluster which was killed
        Layout.delete(layout.pids());
        layout.deleteScratch();
        if (!layout.isFormatted()) {
            // Before there is a daemon: a DataNode does not start again in a directory that vanished under it.
            Layout.delete(layout.data().resolve("hdfs"));
        }
        Layout.delete(layout.logs());
        layout.create();
        Ports ports = new Ports(layout.ports());
        new Settings(layout, options, ports).write();
        writeState(ports);
        Thread undo = new Thread(this::undo);
        Runtime.getRuntime().addShutdownHook(undo);
        for (Daemon daemon : Daemon.roster(options)) {
            launch(daemon, options.supervisePid(), options.deleteData());
        }
        Cluster cluster = Cluster.read(layout);
        awaitUsable(cluster);
        Health.makeShared(cluster.web("namenode"), "/tmp");
        Health.makeShared(cluster.web("namenode"), "/user");
        Files.createFile(layout.ready());
        Runtime.getRuntime().removeShutdownHook(undo);
    }

    /** Starts one daemon of a cluster again and waits until it answers. */
    void revive(Daemon daemon) throws IOException, InterruptedException {
        Cluster cluster = Cluster.read(layout);
        launch(daemon, cluster.supervisePid(), cluster.deleteData());
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (!Health.answers(cluster.web(daemon.name()))) {
            if (cluster.dead().contains(daemon.name()) || Instant.now().isAfter(deadline)) {
                throw ClusterException.failure(
                        daemon.name() + " did not start again; its log: " + layout.log(daemon.name()));
            }
            Thread.sleep(POLL_MS);
        }
    }

    private void undo() {
        ending = true;
        try {
            processes.stopAll();
            Files.deleteIfExists(layout.state());
            Layout.delete(layout.pids());
        } catch (IOException | ClusterException e) {
            System.err.println("local-cluster: could not take back the start: " + e.getMessage());
        }
    }

    private void writeState(Ports ports) throws IOException {
        Properties state = new Properties();
        state.setProperty("mode", options.mini() ? "mini" : "processes");
        state.setProperty("supervise-pid", Long.toString(options.supervisePid()));
        state.setProperty("delete-data", Boolean.toString(options.deleteData()));
        state.setProperty("node-managers", Integer.toString(options.nodeManagers()));
        for (Daemon daemon : Daemon.apart(options.nodeManagers())) {
            state.setProperty("web." + daemon.name(), "http://" + ports.known(daemon.name() + ".web"));
        }
        try (Writer writer = Files.newBufferedWriter(layout.state())) {
            state.store(writer, null);
        }
    }

    private void launch(Daemon daemon, long supervisePid, boolean deleteData) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(daemon, supervisePid, deleteData))
                .directory(layout.temporary().toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(layout.log(daemon.name()).toFile()));
        Map<String, String> environment = builder.environment();
        // Daemons act as whoever starts them; containers find this Java and this configuration.
        environment.remove("HADOOP_USER_NAME");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HADOOP_CONF_DIR", layout.conf().toString());
        processes.remember(daemon.name(), builder.start().toHandle());
    }

    private List<String> command(Daemon daemon, long supervisePid, boolean deleteData) throws IOException {
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString()); // a Ctrl-C or hang-up in the starter's terminal is not for the daemons
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + daemon.heapMb() + "m",
                // Start and idle cost matter here, throughput does not.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + layout.temporary(),
                "-Dhadoop.tmp.dir=" + layout.temporary(),
                "-Dhadoop.log.dir=" + layout.logs(),
                "-Dlog4j.configuration=" + layout.logging().toUri(),
                "-D" + DaemonMain.DIRECTORY + "=" + layout.root(),
                "-D" + DaemonMain.CONF + "=" + daemon.confPath(layout),
                "-D" + DaemonMain.STARTER + "=" + ProcessHandle.current().pid(),
                "-D" + DaemonMain.SUPERVISED + "=" + supervisePid,
                "-D" + DaemonMain.DELETE_DATA + "=" + deleteData,
                "-cp",
                classPath(),
                DaemonMain.class.getName(),
                daemon.mainClass()));
        command.addAll(daemon.arguments());
        return command;
    }

    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(libraries.resolve("lib"))) {
            return Stream.concat(Stream.of(libraries.resolve("cluster.jar")), jars.sorted())
                    .map(Path::toString)
                    .reduce((left, right) -> left + File.pathSeparator + right)
                    .orElseThrow();
        }
    }

    private void awaitUsable(Cluster cluster) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (!isUsable(cluster)) {
            if (ending) {
                throw ClusterException.failure("The start was told to end; nothing of it is left.");
            }
            for (String dead : cluster.dead()) {
                throw ClusterException.failure(dead + " ended during the start: " + Log.cause(layout.log(dead))
                        + "\nIts log: " + layout.log(dead));
            }
            if (Instant.now().isAfter(deadline)) {
                throw ClusterException.failure("The cluster was not up after " + TIMEOUT.toSeconds()
                        + " s; the logs are in " + layout.logs() + ".");
            }
            Thread.sleep(POLL_MS);
        }
    }

    private boolean isUsable(Cluster cluster) {
        return Health.isHdfsUsable(cluster.web("namenode"))
                && Health.activeNodes(cluster.web("resourcemanager")) == options.nodeManagers();
    }
}
