package io.raddle.executor;

import io.raddle.block.BlockCopier;
import io.raddle.block.BlockStore;
import io.raddle.broadcast.Broadcasts;
import io.raddle.fault.Cause;
import io.raddle.id.AttemptIdCodec;
import io.raddle.id.NodeId;
import io.raddle.memory.MemoryBudget;
import io.raddle.proto.CommitAnswer;
import io.raddle.proto.CopyBlock;
import io.raddle.proto.DropBlocks;
import io.raddle.proto.ExecutorMessage;
import io.raddle.proto.Heartbeat;
import io.raddle.proto.KillTask;
import io.raddle.proto.LaunchBatch;
import io.raddle.proto.Leaving;
import io.raddle.proto.RecallTasks;
import io.raddle.proto.Snapshot;
import io.raddle.proto.Welcome;
import io.raddle.shuffle.LocalDirectories;
import io.raddle.shuffle.ShuffleClient;
import io.raddle.shuffle.ShuffleServer;
import io.raddle.transfer.BlockClient;
import io.raddle.transfer.BlockProvider;
import io.raddle.transfer.BlockServer;
import io.raddle.transfer.PeerAddress;
import io.raddle.wire.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One executor: attached to the endpoint from {@link #start} until it is told to stop, is closed, or its lease is over.
 * Wires the parts together and obeys the driver; its threads are the slots and the control loop. Thread-safe.
 */
public final class Executor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    private static final long LAST_WORDS_MILLIS = 2_000;
    private static final Duration PEER_INACTIVITY = Duration.ofSeconds(30);
    private static final String MEMORY_FULL = "the memory of this process is full";

    private final ExecutorIdentity identity;
    private final Workplace place;
    private final ExecutorEnd end;
    private final Conversation conversation;
    private final BulkLine bulk;
    private final Reports reports;
    private final Plans plans;
    private final HadoopSettings settings;
    private final CommitDesk commits;
    private final Optional<ShuffleServer> shuffleServer;
    private final Optional<ShuffleClient> shuffleClient;
    private final Shuffles shuffles;
    private final BlockStore blocks;
    private final Broadcasts broadcasts;
    private final SharedValues shared;
    private final BlockServer blockServer;
    private final BlockClient blockClient;
    private final CopyDesk copies;
    private final Slots slots;
    private final ControlLoop control;
    private final Thread controlThread;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private volatile boolean draining;

    private Executor(
            ExecutorIdentity identity,
            EndpointLocator locator,
            Secret secret,
            Workplace place,
            Optional<ShuffleNetwork> network,
            ExecutorEnd end) {
        this.identity = identity;
        this.place = place;
        this.end = end;
        Connector connector = Connector.with(secret);
        conversation = new Conversation(identity.id().number(), identity.incarnation());
        bulk = new BulkLine(connector);
        reports = new Reports(conversation, this::wakeControl);
        Artifacts artifacts = new Artifacts(place.directory().resolve("artifacts"), bulk);
        plans = new Plans(artifacts);
        settings = new HadoopSettings(artifacts);
        commits = new CommitDesk(conversation);
        LocalDirectories directories = new LocalDirectories(
                place.localDirectories(), identity.container(), new NodeId(identity.host(), identity.nodePort()));
        shuffleServer = network.map(each -> each.server(directories));
        shuffleClient = network.map(each -> each.client(directories, place.engineBytes()));
        int servicePort =
                network.map(each -> each.usableServicePort(identity.host())).orElse(0);
        shuffles = new Shuffles(directories, shuffleClient, servicePort, artifacts);
        MemoryBudget budget = new MemoryBudget(place.engineBytes(), identity.slots());
        BlockReports blockReports = new BlockReports(conversation);
        blocks = new BlockStore(budget, directories, blockReports);
        blockClient = new BlockClient(secret, PEER_INACTIVITY);
        copies = new CopyDesk(
                name() + "-copies", blocks, new BlockCopier(blocks, blockClient), blockReports, shuffles::epoch);
        broadcasts = new Broadcasts(
                place.directory().resolve("broadcasts"),
                new EndpointBroadcasts(artifacts, bulk),
                blockClient,
                this::blockAddress);
        shared = new SharedValues(identity, broadcasts);
        blockServer = serve(identity, blocks(), secret, network);
        TaskRunner runner = new TaskRunner(
                plans,
                new Applications(artifacts, place.loader()),
                artifacts,
                settings,
                shuffles,
                budget,
                blocks,
                blockClient,
                commits,
                shared,
                new ResultPush(bulk),
                new Failures(place.containerBytes()));
        slots = new Slots(conversation, runner, reports, new SlotEvents());
        control = new ControlLoop(
                locator,
                connector,
                identity.hello(shuffleServer.map(ShuffleServer::port).orElse(0), servicePort, blockServer.address()),
                conversation,
                reports,
                bulk,
                new Orders(),
                this::heartbeat,
                end);
        controlThread = new Thread(control, name() + "-control");
        controlThread.setDaemon(true);
    }

    /**
     * Starts an executor; it attaches in the background. Without a network its map outputs are for itself alone.
     * {@code end} hears when it comes to its end by itself.
     */
    public static Executor start(
            ExecutorIdentity identity,
            EndpointLocator locator,
            Secret secret,
            Workplace place,
            Optional<ShuffleNetwork> network,
            ExecutorEnd end) {
        Executor executor = new Executor(identity, locator, secret, place, network, end);
        executor.controlThread.start();
        executor.copies.start();
        executor.slots.start(executor.name(), identity.slots());
        return executor;
    }

    /** Ends it at once: tasks that run are interrupted, and no thread of it is left. */
    @Override
    public void close() {
        control.end();
        slots.close();
        copies.close();
        blocks.close();
        bulk.close();
        shuffleClient.ifPresent(ShuffleClient::close);
        shuffleServer.ifPresent(ShuffleServer::close);
        blockClient.close();
        blockServer.close();
        try {
            controlThread.join(LAST_WORDS_MILLIS);
            copies.awaitEnd(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that this executor serves to others by name. */
    private BlockProvider blocks() {
        return broadcasts.or(blocks.lending(shuffles::epoch));
    }

    private PeerAddress blockAddress() {
        return blockServer.address();
    }

    private static BlockServer serve(
            ExecutorIdentity identity, BlockProvider blocks, Secret secret, Optional<ShuffleNetwork> network) {
        return network.map(each -> BlockServer.listen(identity.host(), each.ports(), secret, blocks))
                .orElseGet(() -> BlockServer.inProcess(secret, blocks));
    }

    private String name() {
        return "executor-" + identity.id().number();
    }

    private void wakeControl() {
        control.wake();
    }

    private Heartbeat heartbeat() {
        Heartbeat.Builder beat =
                Heartbeat.newBuilder().setResidentBytes(ResidentMemory.bytes()).setLimitBytes(place.containerBytes());
        slots.attempts().stream()
                .filter(TaskAttempt::running)
                .forEach(each -> beat.addRunning(each.launch().getAttempt()));
        return beat.build();
    }

    private void leaveWhenDrained() {
        if (draining && slots.isEmpty() && leaving.compareAndSet(false, true)) {
            // Not on this thread: it may be the one that brings the acknowledgement.
            new Thread(this::leave, name() + "-leaving").start();
        }
    }

    private void leave() {
        reports.flush();
        conversation.say(ExecutorMessage.newBuilder()
                .setLeaving(Leaving.getDefaultInstance())
                .build());
        lastWords();
        end.of(ExitCode.DONE, "drained");
    }

    private void lastWords() {
        reports.flush();
        try {
            conversation.awaitAcknowledged(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What slots tell. */
    private final class SlotEvents implements Slots.Events {
        @Override
        public void empty() {
            leaveWhenDrained();
        }

        @Override
        public void memoryFull() {
            try {
                lastWords();
            } finally {
                end.of(ExitCode.OUT_OF_MEMORY, MEMORY_FULL);
            }
        }

        @Override
        public void died(Throwable of) {
            if (of instanceof OutOfMemoryError) {
                // A full heap has no room for another word; the exit code says it.
                end.of(ExitCode.OUT_OF_MEMORY, MEMORY_FULL);
            } else {
                LOG.error("A slot died", of);
                end.of(ExitCode.DEFECT, "a slot died of " + of);
            }
        }
    }

    /** What the driver asks for; called by threads of gRPC, one at a time. */
    private final class Orders implements DriverOrders {
        @Override
        public Snapshot.Builder held() {
            Snapshot.Builder snapshot = Snapshot.newBuilder();
            slots.attempts().forEach(each -> snapshot.addAttempts(each.launch().getAttempt()));
            blocks.tell((block, memory, disk) -> snapshot.addBlocks(BlockReports.status(block, memory, disk)));
            return snapshot.addAllMapOutputs(shuffles.outputs());
        }

        @Override
        public void welcome(Welcome welcome, boolean ofAnotherDriver) {
            if (ofAnotherDriver) {
                slots.killAll(new Cause.Cancelled("a driver that started anew"));
                blocks.clear();
            }
            if (welcome.hasHadoopConfiguration()) {
                settings.comesFrom(welcome.getHadoopConfiguration());
            }
            shuffles.welcomed(welcome);
            shared.welcomed(welcome, ofAnotherDriver);
            commits.askAgain();
        }

        @Override
        public void launch(LaunchBatch batch) {
            batch.getPlansList().forEach(plans::shipped);
            batch.getTasksList().forEach(slots::launch);
        }

        @Override
        public void kill(KillTask kill) {
            slots.kill(AttemptIdCodec.decode(kill.getAttempt()), new Cause.Cancelled(kill.getReason()));
        }

        @Override
        public void recall(RecallTasks recall) {
            recall.getAttemptsList().forEach(each -> slots.recall(AttemptIdCodec.decode(each)));
        }

        @Override
        public void commitAnswered(CommitAnswer answer) {
            commits.answered(answer);
        }

        @Override
        public void dropShuffle(int shuffle) {
            shuffles.drop(shuffle);
        }

        @Override
        public void dropBlocks(DropBlocks drop) {
            if (drop.getForGood()) {
                blocks.drop(drop.getStoragesList());
            } else {
                blocks.renew(drop.getStoragesList());
            }
        }

        @Override
        public void copyBlock(CopyBlock copy) {
            copies.ask(copy);
        }

        @Override
        public void dropBroadcast(int broadcast) {
            broadcasts.drop(broadcast);
        }

        @Override
        public void drain() {
            draining = true;
            leaveWhenDrained();
        }

        @Override
        public void stop() {
            control.end();
            end.of(ExitCode.DONE, "the application is over");
        }
    }
}
