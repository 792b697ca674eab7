package io.raddle.relay;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.raddle.cluster.ClusterManager;
import io.raddle.endpoint.ContentStore;
import io.raddle.endpoint.Link;
import io.raddle.endpoint.LinkEvents;
import io.raddle.endpoint.PushedResults;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.fault.RaddleException;
import io.raddle.id.AttemptId;
import io.raddle.id.AttemptIdCodec;
import io.raddle.id.ExecutorId;
import io.raddle.id.StageId;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.Artifact;
import io.raddle.proto.ContentOver;
import io.raddle.proto.Disconnect;
import io.raddle.proto.DriverBeat;
import io.raddle.proto.DriverEnd;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.DriverUp;
import io.raddle.proto.Grant;
import io.raddle.proto.StageOver;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The driver's half of the relay. One thread ("raddle-line") finds the master, attaches, beats, and attaches anew when
 * the stream breaks, until the lease is over. What is said while no stream is there is dropped when the next welcome
 * makes it be said again, and kept, within a bound, where it would not. Thread-safe.
 */
public final class DriverLine implements Link, AutoCloseable {
    private static final long STEP_MILLIS = 200;
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WELCOME_MILLIS = 15_000;
    private static final long MIN_BACK_OFF_MILLIS = 50;
    private static final long MAX_BACK_OFF_MILLIS = 1_000;
    private static final int MAX_OWED = 1 << 16;
    /** Executors that report every 2 ms are not stopped by a round trip of 250 ms. */
    private static final int FRAMES_AHEAD = 128;

    private final LineSettings settings;
    private final MasterFinder finder;
    private final LineWatch watch;
    private final ByteString token = ByteString.copyFrom(Secret.random().bytes());
    private final ContentStore contents;
    private final PushedResults results;
    private final ResultPuller puller;
    private final RelayedExecutors executors = new RelayedExecutors();
    private final RelayedCluster cluster = new RelayedCluster(this::say);
    private final Queue<DriverUp> owed = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "raddle-line");
    private volatile Supplier<ApplicationStatus> status = ApplicationStatus::getDefaultInstance;
    private Optional<LineConnection> current = Optional.empty();
    private Optional<DriverEnd> end = Optional.empty();
    private Optional<Cause> over = Optional.empty();
    private boolean everAttached;
    private boolean gone;
    private boolean closing;

    /** A line that does nothing yet. */
    public DriverLine(LineSettings settings, MasterFinder finder, LineWatch watch) {
        this.settings = settings;
        this.finder = finder;
        this.watch = watch;
        this.contents = new ContentStore(settings.directory(), settings.maxBytes());
        this.results = new PushedResults(settings.directory().resolve("results"), settings.maxBytes());
        this.puller = new ResultPuller(this::awaitConnection, results);
        thread.setDaemon(true);
    }

    /** Looks for the master from now on, and tells it how the application stands. */
    public void open(Supplier<ApplicationStatus> application) {
        status = application;
        thread.start();
    }

    /** The containers that the master has. */
    public ClusterManager cluster() {
        return cluster;
    }

    /**
     * The program is over: has the master end the application so, and waits until YARN has it. False when the master did
     * not say so in time; it then takes the driver for lost.
     */
    public boolean end(ApplicationStatus.State state, int exitCode, Optional<Cause> cause, Duration bound)
            throws InterruptedException {
        DriverEnd.Builder message = DriverEnd.newBuilder().setState(state).setExitCode(exitCode);
        cause.map(CauseCodec::encode).ifPresent(message::setCause);
        long deadline = System.nanoTime() + bound.toNanos();
        synchronized (this) {
            end = Optional.of(message.build());
            current.ifPresent(it -> it.send(status()));
            current.ifPresent(it -> it.send(DriverUp.newBuilder().setEnd(message)));
            while (!gone && over.isEmpty() && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
            return gone;
        }
    }

    /** Leaves the master without a word. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        finish(new Cause.Cancelled("the end of the program"));
        thread.interrupt();
        puller.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The link.

    @Override
    public void listen(LinkEvents driver) {
        executors.listen(driver);
    }

    @Override
    public void send(DriverFrame frame) {
        say(DriverUp.newBuilder().setFrame(frame));
    }

    @Override
    public int framesAhead() {
        return FRAMES_AHEAD;
    }

    @Override
    public void grant(ExecutorId executor, int frames) {
        executors.granted(executor, frames).ifPresent(all -> say(credit(executor, all)));
    }

    private static DriverUp.Builder credit(ExecutorId executor, int frames) {
        return DriverUp.newBuilder()
                .setGrant(Grant.newBuilder().setExecutor(executor.number()).setFrames(frames));
    }

    @Override
    public void disconnect(ExecutorId executor, String why) {
        say(DriverUp.newBuilder()
                .setDisconnect(
                        Disconnect.newBuilder().setExecutor(executor.number()).setWhy(why)));
    }

    @Override
    public Artifact publish(String name, ByteString content) {
        return contents.put(name, content);
    }

    @Override
    public Artifact publish(String name, Path file) {
        return contents.put(name, file);
    }

    @Override
    public void withdraw(Artifact artifact) {
        contents.release(artifact);
        owe(DriverUp.newBuilder().setContentOver(ContentOver.newBuilder().setSha256(artifact.getSha256())));
    }

    /** Nothing to do: the master forgets by itself who had the pieces of the broadcast that was asked for longest ago. */
    @Override
    public void forgetBroadcast(int broadcast) {}

    @Override
    public void bringResult(AttemptId attempt, Consumer<Optional<Cause>> brought) {
        puller.bring(attempt, failure -> {
            if (failure.isEmpty()) {
                tellNotWanted(attempt);
            }
            brought.accept(failure);
        });
    }

    @Override
    public Optional<ByteString> takeResult(AttemptId attempt) {
        return results.take(attempt);
    }

    @Override
    public void dropResult(AttemptId attempt) {
        results.drop(attempt);
        tellNotWanted(attempt);
    }

    private void tellNotWanted(AttemptId attempt) {
        owe(DriverUp.newBuilder().setDropResult(AttemptIdCodec.encode(attempt)));
    }

    @Override
    public void forgetResults(StageId stage) {
        results.forget(stage);
        owe(DriverUp.newBuilder().setStageOver(StageOver.newBuilder().setStage(stage.number())));
    }

    /** Says it now or never: the next welcome makes it be said again, or makes it void. */
    private synchronized void say(DriverUp.Builder message) {
        current.ifPresent(it -> it.send(message));
    }

    /** Says it now, or after the next welcome. */
    private synchronized void owe(DriverUp.Builder message) {
        if (current.isPresent()) {
            current.get().send(message);
        } else if (owed.size() < MAX_OWED) {
            owed.add(message.build());
        }
    }

    private synchronized LineConnection awaitConnection() {
        try {
            while (current.isEmpty() && over.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RaddleException(new Cause.Cancelled("an interrupt of the thread that waited for it"), e);
        }
        return current.orElseThrow(() -> new RaddleException(over.orElseThrow()));
    }

    // What the connection tells.

    /** The master took us in; on the stream's thread, before anything else that it says. */
    void welcomed(LineConnection connection) {
        synchronized (this) {
            everAttached = true;
            current = Optional.of(connection);
            notifyAll();
        }
        executors.back();
        synchronized (this) {
            for (DriverUp message = owed.poll(); message != null; message = owed.poll()) {
                connection.send(message.toBuilder());
            }
            end.ifPresent(it -> connection.send(DriverUp.newBuilder().setEnd(it)));
        }
        watch.attached(connection.address());
    }

    /** A stream that had been taken in is over. */
    void lost(LineConnection connection, String why) {
        boolean expected;
        synchronized (this) {
            if (current.filter(connection::equals).isEmpty()) {
                return;
            }
            current = Optional.empty();
            expected = gone || over.isPresent();
            notifyAll();
        }
        executors.lost();
        if (!expected) {
            watch.broke(why);
        }
    }

    /** The application is over for YARN too. */
    synchronized void gone() {
        gone = true;
        notifyAll();
    }

    void cancelled(String by) {
        watch.cancelled(by);
    }

    // The thread.

    private void run() {
        try {
            long lostAt = System.nanoTime();
            long backOffMillis = MIN_BACK_OFF_MILLIS;
            while (!isOver()) {
                Optional<LineConnection> attached = attach();
                if (attached.isPresent()) {
                    try {
                        beat(attached.get());
                    } finally {
                        attached.get().close();
                    }
                    lostAt = System.nanoTime();
                    backOffMillis = MIN_BACK_OFF_MILLIS;
                } else if (wasAttached()
                        && System.nanoTime() - lostAt > settings.lease().toNanos()) {
                    finish(new Cause.DriverLost("it did not reach the application master for "
                            + settings.lease().toSeconds() + " s."));
                }
                pause(backOffMillis);
                backOffMillis = Math.min(MAX_BACK_OFF_MILLIS, backOffMillis * 2);
            }
        } catch (RaddleException e) {
            finish(e.fault());
        } catch (InterruptedException e) {
            finish(new Cause.Cancelled("the end of the program"));
        } catch (RuntimeException e) {
            finish(new Cause.InternalError("the line to the application master failed: " + e, ""));
        }
    }

    private Optional<LineConnection> attach() throws InterruptedException {
        Optional<MasterFinder.Address> address = finder.find();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        LineConnection connection =
                new LineConnection(this, address.get(), settings.driverSecret(), contents, executors, cluster);
        Optional<Status> refused;
        try {
            refused = connection.attach(token, WELCOME_MILLIS);
        } catch (InterruptedException e) {
            connection.close();
            throw e;
        }
        if (refused.isEmpty()) {
            return Optional.of(connection);
        }
        connection.close();
        Status.Code code = refused.get().getCode();
        boolean forGood = code == Status.Code.FAILED_PRECONDITION
                || code == Status.Code.PERMISSION_DENIED
                || code == Status.Code.UNAUTHENTICATED;
        // The address of a master that is gone may be another application's by now: only a first refusal is final.
        if (forGood && !wasAttached()) {
            throw new RaddleException(new Cause.ClusterRefused(
                    "The application master at " + address.get().host() + ":"
                            + address.get().port() + " refused this driver: "
                            + refused.get().getDescription(),
                    "Start another session."));
        }
        return Optional.empty();
    }

    private void beat(LineConnection connection) throws InterruptedException {
        ApplicationStatus said = ApplicationStatus.getDefaultInstance();
        long nextBeat = System.nanoTime();
        while (connection.isAlive() && !isOver()) {
            long now = System.nanoTime();
            if (nextBeat - now <= 0) {
                connection.send(
                        DriverUp.newBuilder().setBeat(DriverBeat.newBuilder().setProgress(cluster.progress())));
                nextBeat = now + BEAT_NANOS;
            }
            executors.keptCredit().forEach((executor, frames) -> connection.send(credit(executor, frames)));
            ApplicationStatus latest =
                    status.get().toBuilder().clearElapsedMillis().build();
            if (!latest.equals(said)) {
                said = latest;
                connection.send(DriverUp.newBuilder().setStatus(latest));
            }
            pause(STEP_MILLIS);
        }
    }

    private DriverUp.Builder status() {
        return DriverUp.newBuilder().setStatus(status.get());
    }

    @SuppressWarnings("WaitNotInLoop") // to go on too early costs a look
    private synchronized void pause(long millis) throws InterruptedException {
        if (over.isEmpty()) {
            wait(millis);
        }
    }

    private synchronized boolean isOver() {
        return over.isPresent() || gone;
    }

    private synchronized boolean wasAttached() {
        return everAttached;
    }

    private void finish(Cause cause) {
        boolean unexpected;
        synchronized (this) {
            if (over.isPresent()) {
                return;
            }
            over = Optional.of(cause);
            unexpected = !gone && end.isEmpty() && !closing;
            notifyAll();
        }
        if (unexpected) {
            watch.over(cause);
        }
    }
}
