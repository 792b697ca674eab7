package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.endpoint.Link;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.io.OutputJob;
import io.raddle.io.OutputMaker;
import io.raddle.plan.JobRequest;
import io.raddle.plan.JobRun;
import io.raddle.plan.Lineage;
import io.raddle.plan.Operation;
import io.raddle.plan.Planner;
import io.raddle.plan.Stage;
import io.raddle.proto.Artifact;
import io.raddle.proto.Definitions;
import io.raddle.proto.Split;
import io.raddle.schedule.Block;
import io.raddle.schedule.Event;
import io.raddle.schedule.JobSpec;
import io.raddle.schedule.Partitions;
import io.raddle.schedule.Preference;
import io.raddle.schedule.StageSpec;
import io.raddle.schedule.StageSpec.Publication;
import io.raddle.schedule.StageSpec.Recomputation;
import io.raddle.serde.RecordFormat;
import io.raddle.shared.Broadcast;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the sessions of this process share: plans on the caller's thread, then hands stages and job to the driver's.
 * Thread-safe.
 */
final class DriverEngine {
    private static final Cleaner CLEANER = Cleaner.create();

    private final DriverLoop loop;
    private final Link link;
    private final Roster roster;
    private final Payloads payloads;
    private final StageBook stages;
    private final JobBook jobs;
    private final BroadcastDesk broadcasts;
    private final AccumulatorDesk accumulators;
    private final org.apache.hadoop.conf.Configuration hadoop;
    private final Planner planner;
    private final Storages storages;
    private final OutputMaker maker;
    private final int slots;
    private final AtomicInteger nodes = new AtomicInteger();
    private final AtomicInteger shuffles = new AtomicInteger();
    private final AtomicInteger stageNumbers = new AtomicInteger();
    private final AtomicInteger jobNumbers = new AtomicInteger();
    private final Map<ShuffleId, StageBook.Entry> writers = new ConcurrentHashMap<>();
    private volatile Optional<Cause> closed = Optional.empty();

    DriverEngine(
            DriverLoop loop,
            Link link,
            Roster roster,
            Payloads payloads,
            StageBook stages,
            JobBook jobs,
            Storages storages,
            HostSettings settings,
            org.apache.hadoop.conf.Configuration hadoop) {
        this.loop = loop;
        this.link = link;
        this.roster = roster;
        this.payloads = payloads;
        this.stages = stages;
        this.jobs = jobs;
        this.storages = storages;
        this.hadoop = hadoop;
        this.broadcasts = new BroadcastDesk(settings.epoch(), link, loop, roster, CLEANER);
        this.accumulators =
                new AccumulatorDesk(CLEANER, settings.configuration().get(Keys.RESULT_MAX));
        this.maker = settings.maker();
        this.slots = settings.executors() * settings.slotsPerExecutor();
        this.planner = new Planner(settings.jars().stream()
                .map(jar -> link.publish(String.valueOf(jar.getFileName()), jar))
                .toList());
    }

    /** How many tasks run at once when all executors are there. */
    int slots() {
        return slots;
    }

    org.apache.hadoop.conf.Configuration hadoop() {
        return hadoop;
    }

    OutputJob output(String directory) {
        return new OutputJob(directory, hadoop, maker);
    }

    OutputMaker maker() {
        return maker;
    }

    RecordFormat records() {
        ClassLoader user = Thread.currentThread().getContextClassLoader();
        return new RecordFormat(user == null ? DriverEngine.class.getClassLoader() : user);
    }

    int nextNode() {
        return nodes.getAndIncrement();
    }

    ShuffleId nextShuffle() {
        return new ShuffleId(shuffles.getAndIncrement());
    }

    void track(Lineage node) {
        if (node.operation() instanceof Operation.Exchange exchange) {
            ShuffleId shuffle = exchange.shuffle().id();
            CLEANER.register(node, () -> release(shuffle));
        } else if (node.operation() instanceof Operation.Slices slices) {
            List<Artifact> artifacts = slices.splits().stream()
                    .filter(Split::hasRecordsArtifact)
                    .map(Split::getRecordsArtifact)
                    .toList();
            if (!artifacts.isEmpty()) {
                CLEANER.register(node, () -> artifacts.forEach(link::withdraw));
            }
        }
    }

    Storages storages() {
        return storages;
    }

    boolean replace(Lineage node, Operation source) {
        return planner.replace(node, source);
    }

    Artifact publish(String name, ByteString content) {
        return link.publish(name, content);
    }

    void define(Definitions classes) {
        planner.define(classes);
    }

    void addJar(String name, ByteString content) {
        closed.ifPresent(cause -> {
            throw new RaddleException(cause);
        });
        planner.addJar(name, link.publish(name, content));
    }

    AccumulatorDesk accumulators() {
        return accumulators;
    }

    <T> Broadcast<T> broadcast(T value, CallSite site) {
        closed.ifPresent(cause -> {
            throw new RaddleException(cause);
        });
        return broadcasts.make(value, records(), site);
    }

    /** The action of a cleaner is reachable until what it is registered for is not. */
    @SuppressWarnings("ReachabilityFenceUsage") // nothing is used here: to be reachable is all
    void keep(ByteString frozen, List<Object> owners) {
        CLEANER.register(frozen, () -> Reference.reachabilityFence(owners));
    }

    /** Plans a job on the calling thread and starts it, as the configuration of its session says. */
    @SuppressWarnings("ReachabilityFenceUsage") // that is until the job ends, not this method
    JobRun start(JobRequest request, Configuration configuration) {
        closed.ifPresent(cause -> {
            throw new RaddleException(cause);
        });
        List<Stage> planned =
                planner.stages(request.root(), request.sink(), request.partitions().stream(), request.site());
        List<StageBook.Entry> entries = planned.stream().map(this::entry).toList();
        StageBook.Entry result = entries.get(entries.size() - 1);
        JobSpec spec = new JobSpec(
                new JobId(jobNumbers.getAndIncrement()),
                entries.stream()
                        .map(entry -> spec(entry, configuration.get(Keys.TASK_MAX_ATTEMPTS)))
                        .toList(),
                request.pool());
        RunningJob job = new RunningJob(
                spec.id(),
                entries.stream().map(entry -> entry.id().number()).toList(),
                configuration.get(Keys.RESULT_MAX),
                this::cancel,
                () -> link.forgetResults(result.id()));
        jobs.expect(job);
        boolean taken = loop.post(() -> {
            entries.forEach(stages::add);
            jobs.begin(job, result.id(), () -> {
                stages.remove(result.id());
                payloads.forget(result.id());
                link.withdraw(result.plan());
                roster.forget(result.stage().planDigest());
                // What its lineage and functions need is not freed under a job that runs.
                Reference.reachabilityFence(request);
            });
            loop.tell(new Event.JobSubmitted(spec));
            // All jobs may have been cancelled between the look at the top and here.
            closed.ifPresent(cause -> loop.tell(new Event.JobCancelled(spec.id(), cause)));
        });
        if (!taken) {
            throw new RaddleException(loop.over().orElseThrow());
        }
        return job;
    }

    /** Refuses further jobs and cancels those that run. */
    void end(Cause cause) {
        if (closed.isEmpty()) {
            closed = Optional.of(cause);
            loop.post(() -> jobs.cancelAll(cause));
        }
    }

    private void cancel(JobId job, Cause cause) {
        loop.post(() -> loop.tell(new Event.JobCancelled(job, cause)));
    }

    private void release(ShuffleId shuffle) {
        planner.forget(shuffle);
        writers.remove(shuffle);
        loop.post(() -> loop.tell(new Event.ShuffleReleased(shuffle)));
    }

    /** A stage that writes a shuffle keeps its id from job to job. */
    private StageBook.Entry entry(Stage stage) {
        return stage.output()
                .map(shuffle -> writers.computeIfAbsent(shuffle, none -> numbered(stage)))
                .orElseGet(() -> numbered(stage));
    }

    private StageBook.Entry numbered(Stage stage) {
        Map<Integer, Stage.Task> tasks = new HashMap<>();
        stage.tasks().forEach(task -> tasks.put(task.partition(), task));
        Artifact plan = link.publish("plan of " + stage.name(), stage.plan());
        return new StageBook.Entry(new StageId(stageNumbers.getAndIncrement()), stage, tasks, plan);
    }

    private static StageSpec spec(StageBook.Entry entry, int attempts) {
        Stage stage = entry.stage();
        int[] partitions =
                stage.tasks().stream().mapToInt(Stage.Task::partition).toArray();
        return new StageSpec(
                entry.id(),
                stage.inputs(),
                stage.output(),
                stage.output().isPresent() ? Partitions.dense(partitions.length) : Partitions.of(partitions),
                preferences(stage),
                stage.dependsOnOrder() ? Recomputation.DEPENDS_ON_ORDER : Recomputation.REPEATS,
                publication(stage),
                attempts,
                kept(stage));
    }

    private static StageSpec.Kept kept(Stage stage) {
        if (stage.kept().storages().isEmpty()) {
            return StageSpec.Kept.NOTHING;
        }
        return new StageSpec.Kept(
                stage.tasks().stream().map(task -> blocks(task.blocks())).toList(),
                stage.tasks().stream().map(task -> blocks(task.behind())).toList(),
                stage.kept().deferrable(),
                stage.kept().storages(),
                stage.kept().copies());
    }

    private static List<Block> blocks(List<Stage.KeptPartition> kept) {
        return kept.stream()
                .map(block -> new Block(block.storage(), block.partition()))
                .toList();
    }

    private static Publication publication(Stage stage) {
        return switch (stage.publication()) {
            case NONE -> Publication.NONE;
            case REPEATABLE -> Publication.REPEATABLE_COMMIT;
            case ONCE -> Publication.SINGLE_COMMIT;
        };
    }

    private static List<Preference> preferences(Stage stage) {
        if (stage.tasks().stream().allMatch(task -> task.hosts().isEmpty())) {
            return List.of();
        }
        Map<List<String>, Preference> shared = new LinkedHashMap<>();
        List<Preference> preferences = new ArrayList<>();
        for (Stage.Task task : stage.tasks()) {
            preferences.add(shared.computeIfAbsent(task.hosts(), Preference::hosts));
        }
        return preferences;
    }
}
