package io.raddle.function;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places a key by where it stands among sorted bounds, so that partition after partition is in order. A key equal to a
 * bound belongs to the partition that the bound ends.
 */
public final class RangePartitioner<K> implements Partitioner {
    private static final long serialVersionUID = 1L;

    private final Object[] bounds;
    private final Comparator<? super K> order;

    /** Partitions between {@code bounds}, which are sorted by {@code order}: one more than there are bounds. */
    public RangePartitioner(List<? extends K> bounds, Comparator<? super K> order) {
        this.bounds = bounds.toArray();
        this.order = order;
    }

    @Override
    public int partitions() {
        return bounds.length + 1;
    }

    @Override
    @SuppressWarnings("unchecked")
    public int partition(@Nullable Object key) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare((K) key, (K) bounds[middle]) <= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether keys stand in the order of {@code other}: then those between two keys lie between their partitions. */
    public boolean isOrderedBy(Comparator<?> other) {
        return order.equals(other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RangePartitioner<?> that
                && Arrays.equals(bounds, that.bounds)
                && order.equals(that.order);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }
}
