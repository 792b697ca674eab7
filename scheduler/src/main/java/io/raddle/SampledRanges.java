package io.raddle;

import io.raddle.function.Partitioner;
import io.raddle.function.RangePartitioner;
import io.raddle.function.SerializableComparator;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ranges between bounds that were sampled. The bounds travel as records do, since keys need not be Serializable. */
final class SampledRanges<K> implements Partitioner {
    private static final long serialVersionUID = 1L;

    private final byte[] bounds;
    private final int partitions;
    private final SerializableComparator<K> order;
    private transient @Nullable RangePartitioner<K> ranges;

    SampledRanges(Session session, List<K> bounds, SerializableComparator<K> order) {
        this.bounds = session.engine().records().toBytes(bounds);
        this.partitions = bounds.size() + 1;
        this.order = order;
        this.ranges = new RangePartitioner<>(bounds, order);
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public int partition(@Nullable Object key) {
        return ranges().partition(key);
    }

    RangePartitioner<K> ranges() {
        RangePartitioner<K> known = ranges;
        if (known == null) {
            List<K> decoded = Functions.copy(bounds);
            known = new RangePartitioner<>(decoded, order);
            ranges = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SampledRanges<?> that && Arrays.equals(bounds, that.bounds) && order.equals(that.order);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }
}
