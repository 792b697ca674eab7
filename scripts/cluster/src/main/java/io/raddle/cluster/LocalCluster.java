package io.raddle.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The launcher behind {@code scripts/local-cluster}: starts, stops and describes a Hadoop of this machine. */
final class LocalCluster {
    /** Directory with {@code cluster.jar} and Hadoop's {@code lib}, given by the script. */
    private static final String LIBRARIES = "raddle.cluster.libraries";

    private final Options options;
    private final Layout layout;

    private LocalCluster(Options options) {
        this.options = options;
        this.layout = new Layout(options.directory());
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            LocalCluster cluster = new LocalCluster(Options.parse(List.of(arguments), System.getenv()));
            System.exit(cluster.run());
        } catch (ClusterException e) {
            System.err.println("local-cluster: " + e.getMessage());
            System.exit(e.exitCode());
        } catch (IOException e) {
            System.err.println("local-cluster: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private int run() throws IOException, InterruptedException {
        return switch (options.verb()) {
            case START -> start();
            case STOP -> stop();
            case STATUS -> status();
            case KILL -> kill();
            case REVIVE -> revive();
            case HELP -> help();
        };
    }

    private static int help() {
        System.out.println(Options.USAGE);
        return 0;
    }

    private int start() throws IOException, InterruptedException {
        Files.createDirectories(layout.root());
        try (FileChannel channel = lockFile();
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw ClusterException.failure("Another start or stop of " + layout.root() + " is under way.");
            }
            refuseIfRunning();
            long began = System.nanoTime();
            new Starter(layout, options, Path.of(System.getProperty(LIBRARIES))).start();
            Cluster cluster = Cluster.read(layout);
            System.err.printf(
                    "Up in %.1f s: %d NodeManagers, ResourceManager %s, NameNode %s%n",
                    (System.nanoTime() - began) / 1e9,
                    options.nodeManagers(),
                    cluster.web("resourcemanager"),
                    cluster.web("namenode"));
            System.out.println(layout.conf());
            return 0;
        }
    }

    private void refuseIfRunning() throws IOException {
        boolean running = new Processes(layout).daemons().values().stream().anyMatch(Optional::isPresent);
        if (running) {
            throw ClusterException.failure("Already running in " + layout.root() + " (configuration in " + layout.conf()
                    + "). Stop it first, or give another --dir.");
        }
    }

    private int stop() throws IOException {
        if (!Files.isDirectory(layout.root())) {
            System.err.println("Nothing has been started in " + layout.root() + ".");
            return 0;
        }
        try (FileChannel channel = lockFile();
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw ClusterException.failure("Another start or stop of " + layout.root() + " is under way.");
            }
            int ended = new Processes(layout).stopAll();
            Files.deleteIfExists(layout.state());
            Layout.delete(layout.pids());
            layout.deleteScratch();
            if (options.deleteData()) {
                Layout.delete(layout.root());
            }
            System.err.println(ended == 0 ? "Nothing was running in " + layout.root() + "." : "Stopped.");
            return 0;
        }
    }

    private int kill() throws IOException {
        processOf(one()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        return 0;
    }

    private int revive() throws IOException, InterruptedException {
        Daemon daemon = one();
        if (processOf(daemon).isPresent()) {
            throw ClusterException.failure(daemon.name() + " runs.");
        }
        new Starter(layout, options, Path.of(System.getProperty(LIBRARIES))).revive(daemon);
        return 0;
    }

    private Optional<ProcessHandle> processOf(Daemon daemon) throws IOException {
        return new Processes(layout).daemons().getOrDefault(daemon.name(), Optional.empty());
    }

    /** The daemon that was named. */
    private Daemon one() throws IOException {
        if (!Cluster.exists(layout)) {
            throw ClusterException.failure("Nothing runs in " + layout.root() + ".");
        }
        Cluster cluster = Cluster.read(layout);
        if (cluster.isMini()) {
            throw ClusterException.failure("All daemons of " + layout.root() + " are one process: start it with --processes.");
        }
        return Daemon.apart(cluster.nodeManagers()).stream()
                .filter(daemon -> daemon.name().equals(options.daemon()))
                .findFirst()
                .orElseThrow(() -> ClusterException.usage("There is no daemon " + options.daemon() + " but "
                        + String.join(", ", cluster.daemonNames()) + "."));
    }

    private FileChannel lockFile() throws IOException {
        return FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private int status() throws IOException {
        if (!Cluster.exists(layout)) {
            System.out.println("Nothing runs in " + layout.root() + ".");
            return 1;
        }
        Cluster cluster = Cluster.read(layout);
        Map<String, Optional<ProcessHandle>> processes = new Processes(layout).daemons();
        boolean allUp = true;
        for (String daemon : cluster.daemonNames()) {
            Optional<ProcessHandle> process = processes.getOrDefault(cluster.processOf(daemon), Optional.empty());
            boolean up = process.isPresent() && Health.answers(cluster.web(daemon));
            allUp &= up;
            String pid = process.map(handle -> "pid " + handle.pid()).orElse("");
            System.out.printf("%-16s %-5s %-12s %s%n", daemon, up ? "up" : "down", pid, cluster.web(daemon));
        }
        int active = allUp ? Health.activeNodes(cluster.web("resourcemanager")) : 0;
        if (allUp && active < cluster.nodeManagers()) {
            System.out.printf("Only %d of %d NodeManagers have registered.%n", active, cluster.nodeManagers());
            allUp = false;
        }
        System.out.println("HADOOP_CONF_DIR=" + layout.conf());
        return allUp ? 0 : 1;
    }
}
