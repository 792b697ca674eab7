package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.cluster.LocalCluster;
import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions whose executors are in this process, for the masters local, local[N] and local[*]. Stateless. */
public final class LocalSessions implements SessionProvider {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSessions.class);
    private static final int DELETE_ROUNDS = 3;
    private static final Pattern MASTER = Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})])?");

    @Override
    public boolean serves(String master) {
        return MASTER.matcher(master).matches();
    }

    @Override
    public Engine open(String name, String master, Map<String, String> configuration) {
        Configuration parsed = Configuration.parse(configuration);
        Local local = start(name, slots(master), parsed, List.of());
        return local.host().session(parsed, local::close);
    }

    /** A host with executors in this process, and the directory that goes with it. */
    record Local(DriverHost host, LocalCluster cluster, Path directory, Thread atExit) implements AutoCloseable {
        @Override
        public void close() {
            host.close();
            delete(directory);
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The process is ending, and the hook has nothing left to delete.
                return;
            }
        }
    }

    static Local start(String name, int slots, Configuration configuration, List<Path> jars) {
        return start(name, 1, slots, configuration, jars);
    }

    static Local start(String name, int executors, int slots, Configuration configuration, List<Path> jars) {
        Path directory = makeDirectory();
        EndpointSettings endpoint =
                EndpointSettings.inProcess(directory.resolve("driver"), configuration.get(Keys.ARTIFACTS_MAX));
        ClassLoader user = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(LocalSessions.class::getClassLoader);
        LocalCluster cluster = new LocalCluster(directory, endpoint.executorSecret(), user, executors, slots);
        HostSettings settings = new HostSettings(
                name,
                1,
                "local" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX),
                executors,
                slots,
                configuration,
                hadoop(),
                jars,
                endpoint);
        Thread atExit = new Thread(() -> delete(directory), "raddle-delete");
        Runtime.getRuntime().addShutdownHook(atExit);
        return new Local(DriverHost.start(settings, cluster), cluster, directory, atExit);
    }

    private static int slots(String master) {
        Matcher matcher = MASTER.matcher(master);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(master);
        }
        String slots = Optional.ofNullable(matcher.group(2)).orElse("1");
        return slots.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(slots);
    }

    /** What Hadoop finds by itself: its defaults and the files of a configuration directory on the class path. */
    private static ByteString hadoop() {
        ByteString.Output xml = ByteString.newOutput();
        try {
            new org.apache.hadoop.conf.Configuration().writeXml(xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return xml.toByteString();
    }

    private static Path makeDirectory() {
        try {
            return Files.createTempDirectory("raddle-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** User code that ignores its interrupt may still write; what it adds after the last round is left. */
    private static void delete(Path directory) {
        for (int round = 0; round < DELETE_ROUNDS; round++) {
            if (FileUtil.fullyDelete(directory.toFile())) {
                return;
            }
        }
        LOG.warn("{} was not removed whole. Remove it once this process has ended.", directory);
    }
}
