package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.function.Partitioner;
import io.raddle.io.LocatedSplit;
import io.raddle.proto.Coalesce.PartitionGroup;
import io.raddle.proto.HadoopSource;
import io.raddle.proto.Split;
import io.raddle.proto.Storage;
import io.raddle.proto.Transform.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node of what a program asked for: an operation, its inputs and what is known of its outcome. Compared by identity,
 * so that no lineage is too deep to be handled. Immutable, but that it may be kept, and that what it comes from may be
 * replaced by files with the same records. Safe for all threads.
 */
public final class Lineage {
    private final int id;
    private final int partitions;
    private final Optional<Partitioner> partitioner;
    private final String site;
    private volatile Making making;
    private volatile Optional<Storage> storage = Optional.empty();
    private volatile boolean shared;

    /** How the records come about. */
    private record Making(Operation operation, List<Lineage> inputs, Order order, Sensitivity sensitivity) {
        Making {
            inputs = List.copyOf(inputs);
        }
    }

    private Lineage(
            Origin origin,
            Operation operation,
            List<Lineage> inputs,
            int partitions,
            Optional<Partitioner> partitioner,
            Order order,
            Sensitivity sensitivity) {
        this.id = origin.id();
        this.site = origin.site();
        this.making = new Making(operation, inputs, order, sensitivity);
        this.partitions = partitions;
        this.partitioner = partitioner;
    }

    private Lineage(
            Origin origin,
            Operation operation,
            List<Lineage> inputs,
            int partitions,
            Optional<Partitioner> partitioner,
            Order order) {
        this(origin, operation, inputs, partitions, partitioner, order, Sensitivity.BLIND_TO_ORDER);
    }

    /** Which node it is, and what the program called: "map at WordCount.java:12". */
    public record Origin(int id, String site) {}

    /** Whether an operation leaves each record in the partition where its key belongs. */
    public enum Placement {
        KEPT,
        LOST
    }

    /** Whether what an operation makes depends on the order of the records in a partition. */
    public enum Sensitivity {
        BLIND_TO_ORDER,
        SEES_ORDER
    }

    /** The lines of files. */
    public static Lineage text(Origin origin, List<InputSplit> splits) {
        return text(origin, splits, Map.of());
    }

    /** The lines of files, read with what the program says of Hadoop's configuration. */
    public static Lineage text(Origin origin, List<InputSplit> splits, Map<String, String> configuration) {
        return new Lineage(
                origin,
                new Operation.Text(splits, configuration),
                List.of(),
                splits.size(),
                Optional.empty(),
                Order.DETERMINATE);
    }

    /** What a reader makes of files, or an InputFormat of its splits. */
    public static Lineage formatted(Origin origin, HadoopSource source, List<LocatedSplit> splits) {
        return new Lineage(
                origin,
                new Operation.Formatted(source, splits),
                List.of(),
                splits.size(),
                Optional.empty(),
                Order.DETERMINATE);
    }

    /** The records of a collection. */
    public static Lineage slices(Origin origin, List<Split> splits) {
        return new Lineage(
                origin, new Operation.Slices(splits), List.of(), splits.size(), Optional.empty(), Order.DETERMINATE);
    }

    /** Inputs laid end to end. */
    public static Lineage concatenate(Origin origin, List<Lineage> inputs) {
        int partitions = inputs.stream().mapToInt(Lineage::partitions).sum();
        return new Lineage(origin, new Operation.Concatenate(), inputs, partitions, Optional.empty(), weakest(inputs));
    }

    /** Inputs that one partitioner placed, brought together by key. */
    public static Lineage together(Origin origin, List<Lineage> inputs, Partitioner partitioner) {
        return new Lineage(
                origin,
                new Operation.Together(),
                inputs,
                partitioner.partitions(),
                Optional.of(partitioner),
                weakest(inputs).throughShuffle());
    }

    /** Each record of {@code left} with each of {@code right}. */
    public static Lineage cartesian(Origin origin, Lineage left, Lineage right) {
        return new Lineage(
                origin,
                new Operation.Cartesian(),
                List.of(left, right),
                Math.multiplyExact(left.partitions, right.partitions),
                Optional.empty(),
                left.order().and(right.order()));
    }

    /** A function over the same partition of all inputs, which are of equally many, and in which their order counts. */
    public static Lineage zip(Origin origin, List<Lineage> inputs, ByteString function) {
        return new Lineage(
                origin,
                new Operation.Zip(function),
                inputs,
                inputs.get(0).partitions,
                Optional.empty(),
                weakest(inputs).throughOrderSensitive(),
                Sensitivity.SEES_ORDER);
    }

    /** A function over the records of this. */
    public Lineage apply(Origin origin, Shape shape, ByteString function, Placement placement, Sensitivity sees) {
        return new Lineage(
                origin,
                new Operation.Apply(shape, function),
                List.of(this),
                partitions,
                placement == Placement.KEPT ? partitioner : Optional.empty(),
                sees == Sensitivity.SEES_ORDER ? order().throughOrderSensitive() : order(),
                sees);
    }

    /** The partitions of this in groups. */
    public Lineage regroup(Origin origin, List<PartitionGroup> groups) {
        return regroup(origin, groups, Optional.empty());
    }

    /** The partitions of this in groups, in which records are where {@code placedBy} places them. */
    public Lineage regroup(Origin origin, List<PartitionGroup> groups, Optional<Partitioner> placedBy) {
        return new Lineage(origin, new Operation.Regroup(groups), List.of(this), groups.size(), placedBy, order());
    }

    /** Each partition of this in an order that follows from what its records hold. */
    public Lineage orderedByContent(Origin origin) {
        return new Lineage(
                origin,
                new Operation.Apply(Shape.BY_CONTENT, ByteString.EMPTY),
                List.of(this),
                partitions,
                partitioner,
                order().throughOrderByContent());
    }

    /** The records of this, exchanged by {@code partitioner}. */
    public Lineage exchange(Origin origin, Shuffle shuffle, Partitioner partitioner) {
        return new Lineage(
                origin,
                new Operation.Exchange(shuffle),
                List.of(this),
                shuffle.partitions(),
                Optional.of(partitioner),
                order().throughShuffle());
    }

    /**
     * The records of this, spread evenly. The shuffle makes nothing of the order they come in, unless that order is
     * always the same.
     */
    public Lineage spread(Origin origin, Shuffle shuffle) {
        return new Lineage(
                origin,
                new Operation.Exchange(shuffle),
                List.of(this),
                shuffle.partitions(),
                Optional.empty(),
                order().throughShuffle());
    }

    /** Which node it is; numbers grow as the program goes on. */
    public int id() {
        return id;
    }

    public Operation operation() {
        return making.operation();
    }

    public List<Lineage> inputs() {
        return making.inputs();
    }

    public int partitions() {
        return partitions;
    }

    /** What placed the records, when it is known. */
    public Optional<Partitioner> partitioner() {
        return partitioner;
    }

    /** What a repetition of a partition keeps. */
    public Order order() {
        return making.order();
    }

    /** Whether a repetition may give other records because the inputs come in another order. */
    boolean dependsOnOrder() {
        Making now = making;
        return now.sensitivity() == Sensitivity.SEES_ORDER
                && now.inputs().stream().anyMatch(input -> input.order() != Order.DETERMINATE);
    }

    /** How its partitions are to be kept, in jobs that are planned from now on. */
    public Optional<Storage> storage() {
        return storage;
    }

    /** From the next job on its partitions are kept like this, or not at all. */
    public void keep(Optional<Storage> how) {
        storage = how;
    }

    /** Whether a stage computes it that later jobs share, since it writes a shuffle. */
    public boolean isShared() {
        return shared;
    }

    void share() {
        shared = true;
    }

    /** From now on its records come from a source that always gives them alike, and what it came from is let go. */
    void replace(Operation source) {
        making = new Making(source, List.of(), Order.DETERMINATE, Sensitivity.BLIND_TO_ORDER);
    }

    /** What the program called and where. */
    public String site() {
        return site;
    }

    @Override
    public String toString() {
        return "(" + partitions + ") " + site + " [" + id + "]";
    }

    private static Order weakest(List<Lineage> inputs) {
        return inputs.stream().map(Lineage::order).reduce(Order.DETERMINATE, Order::and);
    }
}
