package io.raddle.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The cluster's processes, remembered in pid files together with their start, so that a reused pid is never hit. */
final class Processes {
    /** Daemons keep nothing that a kill could break; NodeManagers would take many seconds to end by themselves. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final Layout layout;

    Processes(Layout layout) {
        this.layout = layout;
    }

    void remember(String daemon, ProcessHandle process) throws IOException {
        String start = process.info().startInstant().map(Instant::toString).orElse("");
        Files.writeString(layout.pids().resolve(daemon + ".pid"), process.pid() + "\n" + start + "\n");
    }

    /** The daemons that have been started, by name; empty for one that is gone. */
    Map<String, Optional<ProcessHandle>> daemons() throws IOException {
        Map<String, Optional<ProcessHandle>> daemons = new LinkedHashMap<>();
        if (Files.isDirectory(layout.pids())) {
            try (Stream<Path> files = Files.list(layout.pids())) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".pid")) {
                        daemons.put(name.substring(0, name.length() - ".pid".length()), find(file));
                    }
                }
            }
        }
        return daemons;
    }

    private static Optional<ProcessHandle> find(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(Processes::runs)
                .filter(process -> lines.size() < 2
                        || lines.get(1).isEmpty()
                        || process.info().startInstant().map(Instant::toString).equals(Optional.of(lines.get(1))));
    }

    /** Not so when it only waits for its parent, or who adopted it, to take note of its end. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return process.isAlive(); // ended meanwhile, or not Linux
        }
    }

    /** Ends daemons and containers, also those whose NodeManager died before; returns how many daemons were alive. */
    int stopAll() throws IOException {
        List<ProcessHandle> daemons =
                daemons().values().stream().flatMap(Optional::stream).toList();
        daemons.forEach(ProcessHandle::destroy);
        await(daemons, GRACE);
        daemons.forEach(ProcessHandle::destroyForcibly);
        await(daemons, KILL_TIMEOUT);
        Set<ProcessHandle> left = containers();
        left.forEach(ProcessHandle::destroyForcibly);
        await(left, KILL_TIMEOUT);
        List<Long> survivors = Stream.concat(daemons.stream(), containers().stream())
                .filter(Processes::runs)
                .map(ProcessHandle::pid)
                .toList();
        if (!survivors.isEmpty()) {
            throw ClusterException.failure("These processes could not be ended: " + survivors + ".");
        }
        return daemons.size();
    }

    private static void await(Collection<ProcessHandle> processes, Duration limit) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Containers are known by their environment: a NodeManager's death makes them anybody's children. */
    private Set<ProcessHandle> containers() throws IOException {
        Set<ProcessHandle> containers = new LinkedHashSet<>();
        String mark = "LOCAL_DIRS=" + layout.data() + "/";
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (environment(process).stream().anyMatch(variable -> variable.startsWith(mark))) {
                containers.add(process);
            }
        }
        return containers;
    }

    private static List<String> environment(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return new ArrayList<>(); // ended meanwhile, another user's, or not Linux
        }
    }
}
