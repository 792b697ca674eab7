package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.AccumulatorStatus;
import io.raddle.proto.AccumulatorUpdate;
import io.raddle.proto.DoubleSum;
import io.raddle.proto.LongSum;
import io.raddle.shared.Accumulator;
import io.raddle.shared.AccumulatorHome;
import io.raddle.shared.AccumulatorUpdates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What successful tasks added to one accumulator. Two locks: the driver's thread takes only that of what waits, held for
 * a few instructions, so it never waits for a merge of the user's. Never reaches the program's own object.
 */
final class AddedByTasks implements AccumulatorHome {
    private static final Logger LOG = LoggerFactory.getLogger(AddedByTasks.class);

    private final String name;
    private final ClassLoader loader;
    private final long maxPendingBytes;
    private final Object merging = new Object();
    private @Nullable Accumulator<?, ?> merged;
    private @Nullable RuntimeException failure;

    // Guarded by this.
    private LongSum longs = LongSum.getDefaultInstance();
    private DoubleSum doubles = DoubleSum.getDefaultInstance();
    private List<ByteString> pending = new ArrayList<>();
    private long pendingBytes;
    private long updates;
    private boolean overflowed;

    AddedByTasks(String name, ClassLoader loader, long maxPendingBytes) {
        this.name = name;
        this.loader = loader;
        this.maxPendingBytes = maxPendingBytes;
    }

    String name() {
        return name;
    }

    /** Takes in what one task added. */
    synchronized void take(AccumulatorUpdate update) {
        updates++;
        if (update.hasLongs()) {
            longs = LongSum.newBuilder()
                    .setSum(longs.getSum() + update.getLongs().getSum())
                    .setCount(longs.getCount() + update.getLongs().getCount())
                    .build();
        } else if (update.hasDoubles()) {
            doubles = DoubleSum.newBuilder()
                    .setSum(doubles.getSum() + update.getDoubles().getSum())
                    .setCount(doubles.getCount() + update.getDoubles().getCount())
                    .build();
        } else if (pendingBytes + update.getState().size() > maxPendingBytes) {
            overflowed = true;
        } else {
            pending.add(update.getState());
            pendingBytes += update.getState().size();
        }
    }

    @Override
    public void mergeInto(Accumulator<?, ?> sum) {
        synchronized (merging) {
            settle();
            if (failure != null) {
                throw failure;
            }
            sums().forEach(each -> AccumulatorUpdates.merge(sum, each));
            if (merged != null) {
                AccumulatorUpdates.merge(sum, merged);
            }
        }
    }

    /** Merges what waits; what fails is told to whoever asks for the value. */
    void settle() {
        synchronized (merging) {
            try {
                for (ByteString state : waiting()) {
                    Accumulator<?, ?> added = AccumulatorUpdates.decode(state, loader);
                    if (merged == null) {
                        merged = added;
                    } else {
                        AccumulatorUpdates.merge(merged, added);
                    }
                }
            } catch (RuntimeException e) {
                LOG.warn("What tasks added to accumulator {} cannot be merged", name, e);
                failure = e;
            }
        }
    }

    private synchronized List<ByteString> waiting() {
        if (overflowed) {
            throw new RaddleException(new Cause.LimitExceeded(
                    "More than " + (maxPendingBytes >> 20) + " MiB that tasks of one job added to an accumulator"
                            + (name.isEmpty() ? "" : " (" + name + ")") + " wait to be merged.",
                    Keys.RESULT_MAX.name()));
        }
        List<ByteString> taken = pending;
        pending = new ArrayList<>();
        pendingBytes = 0;
        return taken;
    }

    private synchronized List<Accumulator<?, ?>> sums() {
        List<Accumulator<?, ?>> sums = new ArrayList<>();
        if (longs.getCount() > 0) {
            sums.add(AccumulatorUpdates.decode(longs));
        }
        if (doubles.getCount() > 0) {
            sums.add(AccumulatorUpdates.decode(doubles));
        }
        return sums;
    }

    /** What is shown of it without running the user's code. */
    synchronized AccumulatorStatus status() {
        String text = updates + (updates == 1 ? " update" : " updates");
        if (longs.getCount() > 0) {
            text = Long.toString(longs.getSum());
        } else if (doubles.getCount() > 0) {
            text = Double.toString(doubles.getSum());
        }
        return AccumulatorStatus.newBuilder().setName(name).setValue(text).build();
    }
}
