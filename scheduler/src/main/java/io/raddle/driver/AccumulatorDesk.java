package io.raddle.driver;

import io.raddle.proto.AccumulatorStatus;
import io.raddle.proto.AccumulatorUpdate;
import io.raddle.shared.Accumulator;
import io.raddle.shared.AccumulatorUpdates;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The accumulators that the program can still reach, and what successful tasks added to them. The driver's thread only
 * takes updates in; whatever runs code of the user does so on the program's threads. Thread-safe.
 */
final class AccumulatorDesk {
    private static final int MAX_SHOWN = 64;

    private final Cleaner cleaner;
    private final long maxPendingBytes;
    private final ConcurrentSkipListMap<Integer, AddedByTasks> accumulators = new ConcurrentSkipListMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** What is not merged yet of one accumulator takes at most {@code maxPendingBytes}. */
    AccumulatorDesk(Cleaner cleaner, long maxPendingBytes) {
        this.cleaner = cleaner;
        this.maxPendingBytes = maxPendingBytes;
    }

    /** Ties an accumulator to this driver, until nobody can reach it any more. */
    void register(Accumulator<?, ?> accumulator, String name) {
        int number = numbers.getAndIncrement();
        ClassLoader user = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(AccumulatorDesk.class::getClassLoader);
        AddedByTasks added = new AddedByTasks(name, user, maxPendingBytes);
        AccumulatorUpdates.register(accumulator, number, name, added);
        accumulators.put(number, added);
        cleaner.register(accumulator, () -> accumulators.remove(number));
    }

    /** The core accepted a task that brought these. Driver's thread. */
    void take(List<AccumulatorUpdate> updates) {
        for (AccumulatorUpdate update : updates) {
            AddedByTasks added = accumulators.get(update.getAccumulator());
            if (added != null) {
                added.take(update);
            }
        }
    }

    /** Merges what waits, so that it does not pile up. A program's thread. */
    void settle() {
        accumulators.values().forEach(AddedByTasks::settle);
    }

    /** Those that have a name, the youngest first. */
    Stream<AccumulatorStatus> status() {
        return accumulators.descendingMap().values().stream()
                .filter(added -> !added.name().isEmpty())
                .limit(MAX_SHOWN)
                .map(AddedByTasks::status);
    }

    int size() {
        return accumulators.size();
    }
}
