package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Aggregator;
import io.raddle.function.Partitioner;
import io.raddle.function.SerializableComparator;
import io.raddle.plan.Lineage;
import io.raddle.plan.Lineage.Placement;
import io.raddle.plan.Lineage.Sensitivity;
import io.raddle.plan.LineageText;
import io.raddle.plan.Order;
import io.raddle.plan.Shuffle;
import io.raddle.proto.Coalesce.PartitionGroup;
import io.raddle.proto.Combine;
import io.raddle.proto.Combine.Kind;
import io.raddle.proto.Transform.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lineage of the operations that move records or take them apart anew; what is in place already is not moved. */
final class Exchanges {
    private static final Combine AS_THEY_COME =
            Combine.newBuilder().setKind(Kind.NONE).build();

    private static final Combine BY_CONTENT =
            Combine.newBuilder().setKind(Kind.SORT).build();

    private Exchanges() {}

    static Lineage plain(PairRdd<?, ?> pairs, Shape shape) {
        return pairs.lineage.apply(
                pairs.session.origin(CallSite.here()),
                shape,
                ByteString.EMPTY,
                Placement.LOST,
                Sensitivity.BLIND_TO_ORDER);
    }

    static <V, C> Lineage combined(PairRdd<?, V> pairs, Aggregator<V, C> aggregator, Partitioner partitioner) {
        Session session = pairs.session;
        CallSite site = CallSite.here();
        if (isPlaced(pairs.lineage, partitioner)) {
            return regrouped(pairs, partitioner).mapValues(Functions.combined(aggregator)).lineage;
        }
        Combine combine = Combine.newBuilder()
                .setKind(Kind.AGGREGATE)
                .setAggregator(session.freeze(aggregator, site))
                .setMapSide(true)
                .build();
        return exchange(session, site, pairs.lineage, partitioner, combine, combine);
    }

    static <V> Lineage grouped(PairRdd<?, V> pairs, Partitioner partitioner) {
        if (isPlaced(pairs.lineage, partitioner)) {
            return regrouped(pairs, partitioner).mapValues(Functions.<V>onlySide()).lineage;
        }
        Combine group = Combine.newBuilder().setKind(Kind.GROUP).build();
        return exchange(pairs.session, CallSite.here(), pairs.lineage, partitioner, AS_THEY_COME, group);
    }

    static Lineage placed(PairRdd<?, ?> pairs, Partitioner partitioner) {
        return isPlaced(pairs.lineage, partitioner)
                ? pairs.lineage
                : moved(pairs.session, CallSite.here(), pairs.lineage, partitioner);
    }

    static Lineage together(Session session, List<Lineage> inputs, Partitioner partitioner) {
        CallSite site = CallSite.here();
        List<Lineage> placed = inputs.stream()
                .map(input -> isPlaced(input, partitioner) ? input : moved(session, site, input, partitioner))
                .toList();
        return Lineage.together(session.origin(site), placed, partitioner);
    }

    static <K> Lineage sorted(PairRdd<K, ?> pairs, SerializableComparator<K> order, int partitions) {
        CallSite site = CallSite.here();
        Partitioner ranges = KeyRanges.of(pairs.keys(), order, atLeastOne(partitions, site));
        Combine sort = Combine.newBuilder()
                .setKind(Kind.SORT)
                .setComparator(pairs.session.freeze(order, site))
                .build();
        return exchange(pairs.session, site, pairs.lineage, ranges, AS_THEY_COME, sort);
    }

    static Lineage spread(Session session, Lineage records, int partitions) {
        CallSite site = CallSite.here();
        // Records that come in the same order whenever they are computed may be dealt out as they come, at no cost.
        Combine write = records.order() == Order.DETERMINATE ? AS_THEY_COME : BY_CONTENT;
        Shuffle shuffle = new Shuffle(
                session.engine().nextShuffle(), atLeastOne(partitions, site), ByteString.EMPTY, write, AS_THEY_COME);
        return tracked(session, records.spread(session.origin(site), shuffle));
    }

    static Lineage coalesce(Session session, Lineage records, int partitions) {
        CallSite site = CallSite.here();
        int from = records.partitions();
        int to = Math.min(from, atLeastOne(partitions, site));
        List<PartitionGroup> groups = new ArrayList<>(to);
        for (int group = 0; group < to; group++) {
            PartitionGroup.Builder members = PartitionGroup.newBuilder();
            long end = (long) from * (group + 1) / to;
            for (int partition = (int) ((long) from * group / to); partition < end; partition++) {
                members.addPartitions(partition);
            }
            groups.add(members.build());
        }
        return records.regroup(session.origin(site), groups);
    }

    /** Inputs one after the other; where one partitioner placed all of them, partition by partition, so that it still has. */
    static Lineage concatenated(Session session, List<Lineage> inputs) {
        CallSite site = CallSite.here();
        Lineage all = Lineage.concatenate(session.origin(site), inputs);
        Optional<Partitioner> placedBy =
                inputs.isEmpty() ? Optional.empty() : inputs.get(0).partitioner();
        if (inputs.size() < 2
                || placedBy.isEmpty()
                || inputs.stream().anyMatch(input -> !input.partitioner().equals(placedBy))) {
            return all;
        }
        int each = inputs.get(0).partitions();
        List<PartitionGroup> groups = new ArrayList<>();
        for (int partition = 0; partition < each; partition++) {
            PartitionGroup.Builder members = PartitionGroup.newBuilder();
            for (int input = 0; input < inputs.size(); input++) {
                members.addPartitions(input * each + partition);
            }
            groups.add(members.build());
        }
        return all.regroup(session.origin(site), groups, placedBy);
    }

    /** Some partitions in a row. */
    static Lineage slice(Session session, Lineage records, int first, int last) {
        List<PartitionGroup> groups = new ArrayList<>();
        for (int partition = first; partition <= last; partition++) {
            groups.add(PartitionGroup.newBuilder().addPartitions(partition).build());
        }
        return records.regroup(session.origin(CallSite.here()), groups);
    }

    /** Pairs placed by {@code partitioner}, and in the order of their keys in each partition. */
    static <K> Lineage placedInOrder(PairRdd<K, ?> pairs, Partitioner partitioner, SerializableComparator<K> order) {
        CallSite site = CallSite.here();
        Combine sort = Combine.newBuilder()
                .setKind(Kind.SORT)
                .setComparator(pairs.session.freeze(order, site))
                .build();
        return exchange(pairs.session, site, pairs.lineage, partitioner, AS_THEY_COME, sort);
    }

    static String describe(Lineage lineage, Optional<String> name) {
        return LineageText.of(lineage, name);
    }

    private static boolean isPlaced(Lineage pairs, Partitioner partitioner) {
        return pairs.partitioner().filter(partitioner::equals).isPresent();
    }

    private static <K> PairRdd<K, Iterable<?>[]> regrouped(PairRdd<K, ?> pairs, Partitioner partitioner) {
        return new PairRdd<>(pairs.session, together(pairs.session, List.of(pairs.lineage), partitioner));
    }

    private static Lineage moved(Session session, CallSite site, Lineage pairs, Partitioner partitioner) {
        return exchange(session, site, pairs, partitioner, AS_THEY_COME, AS_THEY_COME);
    }

    private static Lineage exchange(
            Session session, CallSite site, Lineage pairs, Partitioner partitioner, Combine write, Combine read) {
        Shuffle shuffle = new Shuffle(
                session.engine().nextShuffle(),
                Arguments.partitions(partitioner),
                session.freeze(partitioner, site),
                write,
                read);
        return tracked(session, pairs.exchange(session.origin(site), shuffle, partitioner));
    }

    private static Lineage tracked(Session session, Lineage exchange) {
        session.engine().track(exchange);
        return exchange;
    }

    private static int atLeastOne(int partitions, CallSite site) {
        if (partitions < 1) {
            throw new RaddleException(new Cause.InvalidInput(
                    site + " was asked for " + partitions + " partitions.", "Ask for 1 or more."));
        }
        return partitions;
    }
}
