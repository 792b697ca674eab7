package io.raddle.yarn.client;

import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.plan.Engine;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.relay.LineWatch;
import io.raddle.relay.MasterFinder;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.program.Program;
import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.watch.MasterSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of a program that was not submitted: its application, its driver here, and its end. Closed by the program
 * it ends well; a program that ends without closing it ends it as failed. Thread-safe.
 */
final class ClientSession implements LineWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    private final HadoopConfiguration hadoop;
    private final WorkDirectory work;
    private final CompletableFuture<ClientDriver> driver = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread atExit = new Thread(this::abandoned, "raddle-session-end");
    private volatile Optional<Submitted> submitted = Optional.empty();
    private volatile Optional<Cause> over = Optional.empty();
    private volatile Optional<String> cancelledBy = Optional.empty();

    /** What is needed of the program, given a directory to put it in. */
    @FunctionalInterface
    interface Classes {
        List<Path> jars(Path work) throws IOException;
    }

    /** What makes a session: {@code way} leads to the master that was found. */
    record Making(
            Request request,
            Map<String, String> environment,
            Distribution distribution,
            Classes classes,
            UnaryOperator<MasterFinder> way) {}

    private ClientSession(HadoopConfiguration hadoop, WorkDirectory work) {
        this.hadoop = hadoop;
        this.work = work;
    }

    /** Submits the application and starts its driver; it need not run yet when this returns. */
    static Engine open(Making making) {
        try {
            HadoopConfiguration hadoop = HadoopConfiguration.load(
                    making.environment(), making.request().configuration().hadoop());
            WorkDirectory work = WorkDirectory.create(Console.ofProcess(Set.of()));
            try {
                return new ClientSession(hadoop, work).start(making);
            } catch (IOException | RuntimeException e) {
                work.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Engine start(Making making) throws IOException {
        Request request = making.request();
        List<Path> jars = making.classes().jars(work.path());
        Submitted taken = submit(making, jars);
        submitted = Optional.of(taken);
        MasterFinder search = making.way()
                .apply(new MasterSearch(taken.resourceManager(), taken.id(), state -> LOG.info("{}", state)));
        ClientDriver started =
                ClientDriver.start(request, taken, hadoop, jars, work.path().resolve("driver"), search, this);
        driver.complete(started);
        Runtime.getRuntime().addShutdownHook(atExit);
        return started.host().session(request.configuration(), this::close);
    }

    private Submitted submit(Making making, List<Path> jars) throws IOException {
        Program program = new Program(making.request().configuration().get(Keys.APP_NAME), jars);
        try (AtOnce threads = new AtOnce()) {
            return new Submission(
                            making.request(), hadoop, making.distribution().engine(work.path()), threads)
                    .run(CompletableFuture.completedFuture(program));
        }
    }

    private void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending; whichever of both comes first ends the session", e);
        }
        Optional<Cause> cause = cancelledBy.<Cause>map(Cause.Cancelled::new).or(() -> over);
        end(cause.isEmpty() ? State.SUCCEEDED : cancelledBy.isPresent() ? State.KILLED : State.FAILED, cause);
    }

    /** The process ends, and nobody closed the session: nobody knows whether it went well. */
    private void abandoned() {
        end(State.FAILED, Optional.of(new Cause.DriverLost("its program ended without closing the session.")));
    }

    private void end(State state, Optional<Cause> cause) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try (work;
                ClientDriver ending = driver.join()) {
            boolean told = ending.end(state, state == State.SUCCEEDED ? 0 : 1, cause);
            if (!told && over.isEmpty()) {
                LOG.warn("The application master did not answer, so that YARN may show the session as failed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        submitted.ifPresent(this::leave);
    }

    private void leave(Submitted taken) {
        try {
            ClusterFiles.open(hadoop.forClient()).removeStaging(taken.id().toString());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The staging directory of {} was not removed", taken.id(), e);
        }
        taken.resourceManager().close();
    }

    @Override
    public void attached(MasterFinder.Address master) {
        LOG.info("Attached to the application master at {}:{}", master.host(), master.port());
    }

    @Override
    public void broke(String why) {
        LOG.warn("The connection to the application master broke ({}); we go on trying.", why);
    }

    @Override
    public void cancelled(String by) {
        cancelledBy = Optional.of(by);
        driver.thenAccept(it -> it.host().application().cancel(by));
    }

    @Override
    public void over(Cause cause) {
        over = Optional.of(cause);
        driver.thenAccept(it -> it.host().fail(cause));
    }
}
