package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.block.BlockId;
import io.raddle.block.BlockPeers;
import io.raddle.block.BlockStore;
import io.raddle.block.Checkpoint;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pipe;
import io.raddle.io.PipedProcess;
import io.raddle.io.TextInput;
import io.raddle.memory.TaskMemory;
import io.raddle.pipeline.KillSwitch;
import io.raddle.pipeline.Sources;
import io.raddle.pipeline.UserFailure;
import io.raddle.proto.HadoopSource;
import io.raddle.proto.Operator;
import io.raddle.proto.Split;
import io.raddle.proto.StagePlan;
import io.raddle.proto.Storage;
import io.raddle.serde.RecordReader;
import io.raddle.transfer.BlockClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens what one task reads, and counts it. Belongs to the task's thread. */
final class TaskSources implements Sources {
    private final TaskAttempt attempt;
    private final Application application;
    private final Artifacts artifacts;
    private final HadoopSettings settings;
    private final Shuffles shuffles;
    private final BlockStore blocks;
    private final BlockPeers peers;
    private final TaskMemory memory;
    private final TaskCounters counters;
    private final KillSwitch killSwitch;
    private final Map<Place, Split> splits = new HashMap<>();

    /** What is computed since it was found nowhere. */
    private Optional<BlockId> missing = Optional.empty();

    private record Place(int operator, int partition) {}

    TaskSources(
            TaskAttempt attempt,
            Application application,
            Artifacts artifacts,
            HadoopSettings settings,
            Shuffles shuffles,
            BlockStore blocks,
            BlockClient others,
            TaskMemory memory,
            TaskCounters counters) {
        this.attempt = attempt;
        this.killSwitch = attempt.killSwitch();
        this.application = application;
        this.artifacts = artifacts;
        this.settings = settings;
        this.shuffles = shuffles;
        this.blocks = blocks;
        this.peers =
                new BlockPeers(others, attempt.id().epoch(), attempt.launch().getKeptElsewhereList());
        this.memory = memory;
        this.counters = counters;
    }

    @Override
    public Iterator<?> open(StagePlan plan, int index, Operator operator, int partition) {
        try {
            Iterator<?> records = switch (operator.getKindCase()) {
                case TEXT_SOURCE -> text(operator, split(index, partition));
                case HADOOP_SOURCE -> formatted(operator.getHadoopSource(), split(index, partition));
                case COLLECTION_SOURCE -> collection(split(index, partition));
                case SHUFFLE_READ -> {
                    mustBeThere(operator.getShuffleRead().getShuffle());
                    yield shuffles.read(operator.getShuffleRead(), attempt, partition, application, memory, counters);
                }
                case CHECKPOINT_SOURCE ->
                    new Checkpoint(operator.getCheckpointSource().getPath())
                            .read(
                                    partition,
                                    settings.with(Map.of(), application.loader()),
                                    application.format(),
                                    memory);
                default ->
                    throw new IllegalArgumentException(
                            "operator " + index + " is " + operator.getKindCase() + ", which is no source");
            };
            return new Counted(records, counters, killSwitch);
        } catch (InterruptedException e) {
            throw Interruption.of(killSwitch, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
    }

    @Override
    public Iterator<?> kept(Operator operator, int partition, Supplier<Iterator<?>> compute) {
        Storage level = operator.getStorage();
        try {
            BlockId id = new BlockId(level.getId(), partition);
            Iterator<?> records = blocks.read(id, level, application.format(), memory, peers, () -> {
                missing = Optional.of(id);
                return compute.get();
            });
            return new Counted(records, counters, killSwitch);
        } catch (InterruptedException e) {
            throw Interruption.of(killSwitch, e);
        }
    }

    /** A stage does without a shuffle as long as the driver believes that all is kept which is computed from it. */
    private void mustBeThere(int shuffle) {
        if (missing.isPresent()
                && attempt.launch().getShuffleInputsList().stream().noneMatch(each -> each.getShuffle() == shuffle)) {
            BlockId block = missing.get();
            throw new RaddleException(new Cause.BlockLost(
                    block.storage(), block.partition(), "no executor had it when a task asked for it", peers.inVain()));
        }
    }

    @Override
    public Iterator<?> coGroup(List<Iterator<?>> inputs) {
        return new Counted(shuffles.coGroup(inputs, application, memory), counters, killSwitch);
    }

    @Override
    public Iterator<?> byContent(Iterator<?> records) {
        return shuffles.byContent(records, application, memory);
    }

    private Iterator<?> text(Operator operator, Split split) throws InterruptedException {
        TextInput lines = TextInput.open(
                split.getFile(),
                settings.with(operator.getTextSource().getConfigurationMap(), application.loader()),
                counters::bytesIn);
        memory.closeAtEnd(() -> {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return lines;
    }

    private Iterator<?> formatted(HadoopSource source, Split split) throws Exception {
        return new FormatSource(
                        source, split.getHadoop(), settings.copy(source.getConfigurationMap(), application.loader()))
                .open(application, memory, counters);
    }

    @Override
    public Iterator<?> pipe(Object pipe, int partition, Iterator<?> records) {
        PipedProcess process = PipedProcess.start((Pipe<?>) pipe, partition, records, killSwitch);
        memory.closeAtEnd(process::close);
        return process;
    }

    private Iterator<?> collection(Split split) throws InterruptedException {
        byte[] records =
                split.hasRecordsArtifact() ? artifacts.bytes(split.getRecordsArtifact()) : bytes(split.getRecords());
        counters.bytesIn(records.length);
        RecordReader reader = application.format().reader();
        reader.reset(records, 0, records.length);
        return new Decoded(reader);
    }

    private static byte[] bytes(ByteString records) {
        return records.toByteArray();
    }

    private Split split(int operator, int partition) {
        if (splits.isEmpty()) {
            for (Split each : attempt.launch().getSplitsList()) {
                splits.put(new Place(each.getOperator(), each.getPartition()), each);
            }
        }
        Split found = splits.get(new Place(operator, partition));
        if (found == null) {
            throw new IllegalArgumentException(
                    "a launch lacks the split of operator " + operator + ", partition " + partition);
        }
        return found;
    }

    /** Records of a collection. */
    private record Decoded(RecordReader reader) implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return reader.hasNext();
        }

        @Override
        @SuppressWarnings("NullAway") // a record may be null
        public Object next() {
            return reader.read();
        }
    }

    /** Counts records, and ends when the task was killed. */
    private static final class Counted implements Iterator<Object> {
        private final Iterator<?> records;
        private final TaskCounters counters;
        private final KillSwitch killSwitch;

        Counted(Iterator<?> records, TaskCounters counters, KillSwitch killSwitch) {
            this.records = records;
            this.counters = counters;
            this.killSwitch = killSwitch;
        }

        @Override
        public boolean hasNext() {
            return records.hasNext();
        }

        @Override
        public Object next() {
            killSwitch.check();
            counters.recordIn();
            return records.next();
        }
    }
}
