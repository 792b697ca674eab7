package io.raddle.yarn.client;

import io.raddle.driver.LocalSessions;
import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import io.raddle.yarn.client.console.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of a shell, for the master that its command line names, whatever master a session asks for. A cluster of our
 * own lives until this is closed. Thread-safe.
 */
public final class ShellSessions implements SessionProvider, AutoCloseable {
    private final Master master;
    private final Map<String, String> configuration;
    private final List<Path> jars;
    private final Console console;
    private Optional<EmbeddedCluster> embedded = Optional.empty();
    private Optional<WorkDirectory> work = Optional.empty();

    private ShellSessions(Master master, Map<String, String> configuration, List<Path> jars, Console console) {
        this.master = master;
        this.configuration = Map.copyOf(configuration);
        this.jars = List.copyOf(jars);
        this.console = console;
    }

    /**
     * For {@code yarn}, {@code embedded} or {@code local[N]}; {@code jars} are what executors know beside the prompt.
     *
     * @throws io.raddle.fault.RaddleException if there is no such master, or a key is not known
     */
    public static ShellSessions of(String master, Map<String, String> configuration, List<Path> jars, Console console) {
        io.raddle.config.Configuration.parse(configuration);
        return new ShellSessions(Master.parse(master), configuration, jars, console);
    }

    @Override
    public boolean serves(String anyMaster) {
        return true;
    }

    @Override
    public Engine open(String name, String anyMaster, Map<String, String> asked) {
        Map<String, String> merged = new LinkedHashMap<>(asked);
        merged.putAll(configuration);
        if (master instanceof Master.Local local) {
            return new LocalSessions().open(name, "local[" + local.slots() + "]", merged);
        }
        Map<String, String> environment = environment();
        return ClientSession.open(new ClientSession.Making(
                YarnSessions.request(name, merged, environment),
                environment,
                Distribution.ofProcess(),
                directory -> jars,
                search -> search));
    }

    private synchronized Map<String, String> environment() {
        if (!(master instanceof Master.Embedded)) {
            return System.getenv();
        }
        try {
            if (embedded.isEmpty()) {
                WorkDirectory directory = WorkDirectory.create(console);
                work = Optional.of(directory);
                embedded = Optional.of(EmbeddedCluster.start(Distribution.ofProcess(), directory.path(), console));
            }
            return new HashMap<>(embedded.get().environment());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        embedded.ifPresent(EmbeddedCluster::close);
        work.ifPresent(WorkDirectory::close);
    }
}
