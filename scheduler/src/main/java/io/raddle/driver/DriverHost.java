package io.raddle.driver;

import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.ExecutorAddress;
import io.raddle.config.Keys;
import io.raddle.endpoint.Endpoint;
import io.raddle.endpoint.Link;
import io.raddle.endpoint.Supervised;
import io.raddle.fault.Cause;
import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.Artifact;
import io.raddle.proto.Welcome;
import io.raddle.schedule.SchedulerCore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that drives one application, in one process: endpoint, driver and cluster manager. Started by the
 * application master, a shell or a local program; sessions of this process are its sessions once it is installed.
 * Thread-safe.
 */
public final class DriverHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriverHost.class);
    /** An executor that misses so many heartbeats is taken for lost. */
    private static final int MISSED_BEATS = 10;

    private final ApplicationRecord application;
    private final HostSettings settings;
    private final ClusterManager cluster;
    private final Link link;
    /** What this host serves; empty where another process stands between it and its executors. */
    private final Optional<Endpoint> endpoint;

    /** Round trips of intercontinental lines; slots far away run what their executors have queued meanwhile. */
    private static final Duration FARTHEST = Duration.ofMillis(200);

    private final DriverLoop loop;
    private final JobBook jobs;
    private final Roster roster;
    private final StatusReport report;
    private final DriverEngine engine;
    private volatile boolean installed;

    private DriverHost(
            HostSettings settings,
            ClusterManager cluster,
            ApplicationRecord application,
            Optional<Endpoint> endpoint,
            Link link) {
        this.settings = settings;
        this.cluster = cluster;
        this.application = application;
        this.endpoint = endpoint;
        this.link = link;
        SchedulerCore core = new SchedulerCore(settings.core(endpoint.isPresent() ? Duration.ZERO : FARTHEST));
        this.loop = new DriverLoop(core);
        this.jobs = new JobBook(loop);
        this.roster = new Roster(
                link, settings.configuration().get(Keys.HEARTBEAT_INTERVAL).multipliedBy(MISSED_BEATS));
        Wishes wishes = new Wishes(cluster, roster);
        StageBook stages = new StageBook();
        Payloads payloads = new Payloads(link);
        Configuration hadoop = hadoop(settings);
        Storages storages = new Storages(loop);
        this.engine = new DriverEngine(loop, link, roster, payloads, stages, jobs, storages, settings, hadoop);
        this.report = new StatusReport(core, roster, stages, cluster, engine.accumulators());
        application.observe(() -> report.latest().toBuilder()
                .setRefusedCalls(endpoint.map(Endpoint::refusedCalls).orElse(0L))
                .build());
        application.onCancel(by -> engine.end(new Cause.Cancelled(by)));
        link.listen(new ExecutorDesk(loop, link, roster, payloads, welcome()));
        cluster.start(address(), new ContainerDesk(loop, roster, wishes, report));
        loop.start(
                new Performer(loop, link, roster, wishes, payloads, stages, jobs, storages, engine.accumulators()),
                new Rounds(wishes));
    }

    /** Serves executors and watchers and asks the cluster for executors, from now on. */
    public static DriverHost start(HostSettings settings, ClusterManager cluster) {
        ApplicationRecord application = new ApplicationRecord();
        Endpoint endpoint = new Endpoint(settings.endpoint(), application);
        return new DriverHost(settings, cluster, application, Optional.of(endpoint), endpoint);
    }

    /** The same for a driver that serves nobody: {@code link} and {@code cluster} lead to whoever does it instead. */
    public static DriverHost behind(HostSettings settings, Link link, ClusterManager cluster) {
        return new DriverHost(settings, cluster, new ApplicationRecord(), Optional.empty(), link);
    }

    /** Where executors attach; port 0 of nobody where another process serves them. */
    public ExecutorAddress address() {
        return endpoint.map(DriverHost::served).orElseGet(() -> new ExecutorAddress("", 0));
    }

    private static ExecutorAddress served(Endpoint served) {
        return served.port() == 0
                ? new ExecutorAddress(served.name(), 0)
                : new ExecutorAddress("0.0.0.0", served.port());
    }

    /** The application as watchers see it. */
    public Supervised application() {
        return application;
    }

    /** The engine of a session that has this configuration; its close cancels its jobs and then does {@code onClose}. */
    public Engine session(io.raddle.config.Configuration configuration, Runnable onClose) {
        return new SessionView(engine, configuration, report::latest, onClose);
    }

    /** Makes all sessions of this process those of this host, until it is closed. */
    public void install() {
        installed = true;
        SessionProvider.install(Optional.of(new Hosted()));
    }

    /** Calls {@code action} with the name of whoever cancels the application. */
    public void onCancel(Consumer<String> action) {
        application.onCancel(action);
    }

    /** Nothing can run any more: fails what runs, and what is asked for later, with this cause. */
    public void fail(Cause cause) {
        engine.end(cause);
    }

    /** The program has ended: cancels what still runs and tells watchers; the first end counts. */
    public void finish(State state, int exitCode, Optional<Cause> cause) {
        engine.end(cause.orElseGet(() -> new Cause.Cancelled("the end of the program")));
        application.ended(state, exitCode, cause);
    }

    /** Whether a client ever followed the application. */
    public boolean watched() {
        return endpoint.filter(Endpoint::watched).isPresent();
    }

    /**
     * Waits until a client has seen the end and the last output; false when nothing happened for {@code silence}, or for
     * {@code stall} while a reader of the output has not got all of it.
     */
    public boolean awaitFarewell(Duration silence, Duration stall) throws InterruptedException {
        return endpoint.isPresent() && endpoint.get().awaitFarewell(silence, stall);
    }

    /** Ends executors, driver and endpoint. */
    @Override
    public void close() {
        if (installed) {
            SessionProvider.install(Optional.empty());
        }
        Cause end = new Cause.Cancelled("the end of the application");
        engine.end(end);
        cluster.close();
        loop.close();
        jobs.failAll(end);
        endpoint.ifPresent(Endpoint::close);
    }

    private Welcome welcome() {
        Artifact hadoop = link.publish("hadoop.xml", settings.hadoopConfiguration());
        return settings.welcome().setHadoopConfiguration(hadoop).build();
    }

    private static Configuration hadoop(HostSettings settings) {
        Configuration hadoop = new Configuration(false);
        if (!settings.hadoopConfiguration().isEmpty()) {
            hadoop.addResource(settings.hadoopConfiguration().newInput(), "application");
        }
        settings.configuration().hadoop().forEach(hadoop::set);
        return hadoop;
    }

    /** What the driver's thread does around the core. */
    private final class Rounds implements DriverLoop.Rounds {
        private final Wishes wishes;

        Rounds(Wishes wishes) {
            this.wishes = wishes;
        }

        @Override
        public void tick(long now) {
            roster.silent(now).forEach(loop::tell);
        }

        @Override
        public void settled(long now) {
            wishes.tell();
            roster.acknowledge();
            report.refresh(now);
        }

        @Override
        public void broken(Cause cause) {
            jobs.failAll(cause);
            engine.end(cause);
        }
    }

    /** Gives sessions the engine of this host; the host, its executors included, outlives them. */
    private final class Hosted implements SessionProvider {
        @Override
        public boolean serves(String master) {
            return true;
        }

        @Override
        public Engine open(String name, String master, Map<String, String> configuration) {
            SessionKeys asked = SessionKeys.of(configuration);
            asked.tooLate(settings.configuration()).ifPresent(LOG::warn);
            return session(asked.under(settings.configuration()), () -> {});
        }
    }
}
