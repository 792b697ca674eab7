package io.raddle.shuffle;

import io.raddle.function.Aggregator;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Folds the values of each key into one, in memory as long as it is granted; beyond that in runs by the hash of the key,
 * which are merged at the end. Used by the task's thread.
 */
final class ExternalAggregation {
    private static final Comparator<Pair<?, ?>> BY_HASH =
            Comparator.comparingInt(pair -> CombiningMap.hash(pair.key()));

    private final UserAggregator aggregator;
    private final CombiningMap map;
    private final Runs runs;

    /** {@code combined} says that the values that come are combiners. */
    ExternalAggregation(
            Aggregator<?, ?> aggregator,
            boolean combined,
            LocalDirectories directories,
            TaskMemory task,
            RecordFormat format) {
        this.aggregator = new UserAggregator(aggregator);
        Folding folding = combined ? this.aggregator.ofCombiners() : this.aggregator.ofValues();
        map = new CombiningMap(folding, new Footprint(format), task.reservation());
        runs = new Runs(directories, task, format);
    }

    /** One pair per key. */
    Iterator<Pair<?, ?>> aggregate(Iterator<?> input) {
        while (input.hasNext()) {
            Pair<?, ?> pair = (Pair<?, ?>) input.next();
            map.add(pair.key(), pair.value());
            if (map.refused()) {
                spill();
            }
        }
        return runs.isEmpty() ? map.entries() : new Merged(runs.merge(BY_HASH, map.entriesByHash()));
    }

    private void spill() {
        runs.begin();
        Iterator<Pair<?, ?>> entries = map.entriesByHash();
        while (entries.hasNext()) {
            runs.add(entries.next());
        }
        runs.end();
        map.clear();
    }

    /** Brings together what the runs hold of one key: all pairs of one hash are neighbours. */
    private final class Merged implements Iterator<Pair<?, ?>> {
        private final Merge<Pair<?, ?>> pairs;
        private final List<@Nullable Object> keys = new ArrayList<>();
        private final List<@Nullable Object> combiners = new ArrayList<>();
        private int next;

        Merged(Merge<Pair<?, ?>> pairs) {
            this.pairs = pairs;
        }

        @Override
        public boolean hasNext() {
            return next < keys.size() || pairs.hasNext();
        }

        @Override
        public Pair<?, ?> next() {
            if (next == keys.size()) {
                collect();
            }
            Pair<@Nullable Object, @Nullable Object> pair = new Pair<>(keys.get(next), combiners.get(next));
            next++;
            return pair;
        }

        private void collect() {
            if (!pairs.hasNext()) {
                throw new NoSuchElementException();
            }
            keys.clear();
            combiners.clear();
            next = 0;
            int hash = CombiningMap.hash(pairs.peek().key());
            while (pairs.hasNext() && CombiningMap.hash(pairs.peek().key()) == hash) {
                merge(pairs.next());
            }
        }

        private void merge(Pair<?, ?> pair) {
            for (int i = 0; i < keys.size(); i++) {
                if (Objects.equals(keys.get(i), pair.key())) {
                    combiners.set(i, aggregator.mergeCombiners(combiners.get(i), pair.value()));
                    return;
                }
            }
            keys.add(pair.key());
            combiners.add(pair.value());
        }
    }
}
