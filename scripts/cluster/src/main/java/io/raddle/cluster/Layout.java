package io.raddle.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie in a cluster's directory. */
record Layout(Path root) {
    Path conf() {
        return root.resolve("conf");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String daemon) {
        return logs().resolve(daemon + ".log");
    }

    Path pids() {
        return root.resolve("pids");
    }

    Path data() {
        return root.resolve("data");
    }

    Path hdfs(String part) {
        return data().resolve("hdfs").resolve(part);
    }

    /** Whether there is a file system; what lies here without one is the rest of a start that came to nothing. */
    boolean isFormatted() {
        return Files.exists(hdfs("namenode").resolve("current").resolve("VERSION"));
    }

    Path temporary() {
        return data().resolve("tmp");
    }

    /** Of the daemons: not in {@link #conf}, where it would become the clients' as well. */
    Path logging() {
        return data().resolve("log4j.properties");
    }

    /** The scratch space of one NodeManager: its own configuration and the containers' local directories. */
    Path nodeManager(int number) {
        return data().resolve("nodemanager-" + number);
    }

    Path nodeManagerConf(int number) {
        return nodeManager(number).resolve("conf");
    }

    Path containerLogs(int number) {
        return logs().resolve("containers").resolve("nodemanager-" + number);
    }

    /** What runs here; there from the first process on until all are stopped. */
    Path state() {
        return root.resolve("cluster.properties");
    }

    /** Marks a completed start: daemons outlive the starter from then on. */
    Path ready() {
        return pids().resolve("ready");
    }

    Path ports() {
        return root.resolve("ports.properties");
    }

    Path lock() {
        return root.resolve("lock");
    }

    void create() throws IOException {
        for (Path directory : List.of(conf(), logs(), pids(), data(), temporary())) {
            Files.createDirectories(directory);
        }
    }

    /** Removes what YARN and Jetty leave between two starts; HDFS stays. */
    void deleteScratch() throws IOException {
        if (Files.isDirectory(data())) {
            try (Stream<Path> parts = Files.list(data())) {
                for (Path part : parts.toList()) {
                    if (!part.equals(data().resolve("hdfs"))) {
                        delete(part);
                    }
                }
            }
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
