package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.yarn.launch.ContainerSecrets;
import io.raddle.yarn.launch.ExecutorLaunch;
import io.raddle.yarn.launch.ExecutorPlace;
import io.raddle.yarn.launch.ShuffleService;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.NMToken;
import org.apache.hadoop.yarn.client.api.NMClient;
import org.apache.hadoop.yarn.client.api.NMTokenCache;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** Starts executors in granted containers, several at once. A NodeManager that does not answer is given up on. */
final class ContainerLauncher implements Launching {
    private static final int MAX_THREADS = 16;
    /** As many as executors can be asked for. */
    private static final int MAX_WAITING = 100_000;

    private static final long IDLE_SECONDS = 5;
    private static final int CONNECT_MILLIS = 20_000;

    private final NMTokenCache tokens = new NMTokenCache();
    private final Set<String> withoutShuffleService = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            this::thread);
    private final CompletableFuture<Tools> tools;

    /** Makes its tools on a thread of its own: they load much, and the first containers are asked for meanwhile. */
    ContainerLauncher(Configuration configuration, Supplier<ExecutorLaunch> launch) {
        pool.allowCoreThreadTimeOut(true);
        tools = CompletableFuture.supplyAsync(() -> new Tools(client(configuration), launch.get()), pool);
    }

    private NMClient client(Configuration configuration) {
        Configuration own = new Configuration(configuration);
        own.setInt(YarnConfiguration.CLIENT_NM_CONNECT_MAX_WAIT_MS, CONNECT_MILLIS);
        NMClient nodes = NMClient.createNMClient();
        nodes.setNMTokenCache(tokens);
        // Containers end with the application; stopping them one by one here would only take time.
        nodes.cleanupRunningContainersOnStop(false);
        nodes.init(own);
        nodes.start();
        return nodes;
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "raddle-launch-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void tokens(List<NMToken> issued) {
        issued.forEach(token -> tokens.setToken(token.getNodeId().toString(), token.getToken()));
    }

    @Override
    public void start(Container container, ExecutorPlace place, Outcome outcome) {
        pool.execute(() -> {
            try {
                startNow(tools.join(), container, place);
                outcome.started();
            } catch (IOException | YarnException | RuntimeException e) {
                outcome.failed(new Cause.LaunchFailed(place.node().toString(), firstLine(e)));
            }
        });
    }

    private void startNow(Tools with, Container container, ExecutorPlace place) throws IOException, YarnException {
        String node = place.node().toString();
        if (!withoutShuffleService.contains(node)) {
            try {
                with.nodes().startContainer(container, with.launch().context(place, ShuffleService.PRESENT));
                return;
            } catch (YarnException e) {
                if (!saysNoShuffleService(e)) {
                    throw e;
                }
                withoutShuffleService.add(node);
            }
        }
        with.nodes().startContainer(container, with.launch().context(place, ShuffleService.ABSENT));
    }

    private static boolean saysNoShuffleService(YarnException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return message.contains(ContainerSecrets.SHUFFLE_SERVICE) && message.contains("does not exist");
    }

    private static String firstLine(Exception failure) {
        String message = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        return message.lines().findFirst().orElse(failure.getClass().getName());
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** What starts containers. */
    private record Tools(NMClient nodes, ExecutorLaunch launch) {}
}
