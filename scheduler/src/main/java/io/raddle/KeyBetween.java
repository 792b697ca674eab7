package io.raddle;

import io.raddle.function.FilterFunction;
import io.raddle.function.Pair;
import io.raddle.function.SerializableComparator;
import org.jspecify.annotations.Nullable;

/** Whether a key lies between two, these included. They travel as records do, since keys need not be Serializable. */
final class KeyBetween<K, V> implements FilterFunction<Pair<K, V>> {
    private static final long serialVersionUID = 1L;

    private final byte[] bounds;
    private final SerializableComparator<K> order;
    private transient @Nullable Pair<K, K> decoded;

    KeyBetween(Session session, K lower, K upper, SerializableComparator<K> order) {
        this.bounds = session.engine().records().toBytes(new Pair<>(lower, upper));
        this.order = order;
    }

    @Override
    public boolean call(Pair<K, V> pair) {
        Pair<K, K> known = decoded;
        if (known == null) {
            known = Functions.copy(bounds);
            decoded = known;
        }
        return order.compare(pair.key(), known.key()) >= 0 && order.compare(pair.key(), known.value()) <= 0;
    }
}
