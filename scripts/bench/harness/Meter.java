import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Watches the processes of one run in /proc: the client with its children, and all children of the NodeManagers.
 *
 * <p>The client's CPU time is exact: the kernel adds it to this process's own account when the client has ended. That
 * of containers is the larger of two figures, each of which may miss something: the sum over processes as last seen
 * (sampled), and what the kernel added to the NodeManagers' accounts for children that ended under them. Memory is the
 * resident set as the kernel counts it, so pages that processes share count once for each.
 */
final class Meter implements AutoCloseable {
    private static final long PERIOD_MS = 50;
    private static final double TICKS_PER_SECOND = 100;
    private static final double MIB_PER_PAGE = 4096.0 / (1 << 20);

    private final Set<Long> nodeManagers;
    private final long self = ProcessHandle.current().pid();
    private final double childrenBefore;
    private final double nodesBefore;
    private final Map<Identity, Role> roles = new HashMap<>();
    private final Map<Identity, Double> ticks = new HashMap<>();
    private final CpuHistory history = new CpuHistory();
    private final Thread thread = new Thread(this::watch, "meter");
    private volatile boolean closed;
    private double peakMib;
    private double lastMib;
    private int liveContainers;

    /** A process for good: pids are used again. */
    private record Identity(long pid, String start) {}

    /** The fields of /proc/PID/stat that matter. */
    private record Stat(Identity id, long parent, double ticks, double childrenTicks, double mib) {}

    Meter(Set<Long> nodeManagers) {
        this.nodeManagers = nodeManagers;
        this.childrenBefore = childrenTicks(self);
        this.nodesBefore = nodesTicks();
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed) {
            look();
            try {
                Thread.sleep(PERIOD_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void look() {
        Map<Long, Stat> all = new HashMap<>();
        for (Stat stat : stats()) {
            all.put(stat.id.pid, stat);
        }
        double mib = 0;
        int live = 0;
        for (Stat stat : all.values()) {
            Role role = role(stat, all);
            if (role != null) {
                roles.put(stat.id, role);
                ticks.merge(stat.id, stat.ticks, Math::max);
                mib += stat.mib;
                live += role == Role.CLIENT ? 0 : 1;
            }
        }
        lastMib = mib;
        peakMib = Math.max(peakMib, mib);
        liveContainers = live;
        history.add(System.currentTimeMillis() / 1e3, used());
    }

    /** Null for a process of somebody else. */
    private Role role(Stat stat, Map<Long, Stat> all) {
        Role known = roles.get(stat.id);
        if (known == Role.CLIENT || known == null && descends(stat, all, Set.of(self))) {
            return Role.CLIENT;
        }
        // A container begins as a shell that has no name yet, so an executor may turn out to be the driver.
        boolean isContainer = known != null || descends(stat, all, nodeManagers);
        if (!isContainer || known == Role.DRIVER) {
            return known;
        }
        return isFirstContainer(stat) ? Role.DRIVER : Role.EXECUTOR;
    }

    /** The application master's, in which the driver is. */
    private static boolean isFirstContainer(Stat stat) {
        Path environment = Path.of("/proc", Long.toString(stat.id.pid), "environ");
        try {
            String variables = Files.readString(environment, StandardCharsets.ISO_8859_1);
            return Arrays.stream(variables.split("\0"))
                    .anyMatch(variable -> variable.startsWith("CONTAINER_ID=") && variable.endsWith("_000001"));
        } catch (IOException e) {
            return false; // ended meanwhile
        }
    }

    private Map<Role, Double> used() {
        Map<Role, Double> used = new EnumMap<>(Role.class);
        ticks.forEach((id, spent) -> used.merge(roles.get(id), spent / TICKS_PER_SECOND, Double::sum));
        return used;
    }

    private static boolean descends(Stat stat, Map<Long, Stat> all, Set<Long> ancestors) {
        Stat current = stat;
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (ancestors.contains(current.parent)) {
                return true;
            }
            current = all.get(current.parent);
        }
        return false;
    }

    /** Waits until no container is left: those of an ended application may take a while. */
    void awaitNoContainers() throws InterruptedException {
        for (int attempt = 0; attempt < 2_400; attempt++) {
            look();
            if (liveContainers() == 0) {
                return;
            }
            Thread.sleep(PERIOD_MS);
        }
        throw new BenchException("Containers of the last application do not end.");
    }

    private synchronized int liveContainers() {
        return liveContainers;
    }

    synchronized double residentMib() {
        return lastMib;
    }

    synchronized double peakMib() {
        return peakMib;
    }

    synchronized double cpuSeconds() {
        double seen = used().entrySet().stream()
                .filter(entry -> entry.getKey() != Role.CLIENT)
                .mapToDouble(Map.Entry::getValue)
                .sum();
        double ended = (nodesTicks() - nodesBefore) / TICKS_PER_SECOND;
        double client = (childrenTicks(self) - childrenBefore) / TICKS_PER_SECOND;
        return client + Math.max(seen, ended);
    }

    /** CPU seconds between two instants in seconds since the epoch, sampled. */
    synchronized double cpuSeconds(Role role, double from, double to) {
        return history.between(role, from, to);
    }

    @Override
    public void close() {
        closed = true;
    }

    private double nodesTicks() {
        return nodeManagers.stream().mapToDouble(Meter::childrenTicks).sum();
    }

    private static double childrenTicks(long pid) {
        Stat stat = stat(Path.of("/proc", Long.toString(pid)));
        return stat == null ? 0 : stat.childrenTicks;
    }

    private static List<Stat> stats() {
        List<Stat> stats = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path entry : entries.toList()) {
                if (Character.isDigit(entry.getFileName().toString().charAt(0))) {
                    Stat stat = stat(entry);
                    if (stat != null) {
                        stats.add(stat);
                    }
                }
            }
        } catch (IOException e) {
            throw new BenchException("No /proc to read: the benchmark measures on Linux only.");
        }
        return stats;
    }

    private static Stat stat(Path process) {
        try {
            String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name, in parentheses, may hold anything; the fields after it count from the state, number 3.
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    new Identity(Long.parseLong(process.getFileName().toString()), fields[19]),
                    Long.parseLong(fields[1]),
                    Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]),
                    Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]),
                    Double.parseDouble(fields[21]) * MIB_PER_PAGE);
        } catch (IOException e) {
            return null; // ended meanwhile
        }
    }
}
