package io.raddle.shared;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.AccumulatorUpdate;
import io.raddle.proto.DoubleSum;
import io.raddle.proto.LongSum;
import io.raddle.shared.Accumulator.Tie;
import java.util.Optional;

/** How accumulators are tied to a driver and how what tasks added travels; for the engine. Stateless. */
public final class AccumulatorUpdates {
    private AccumulatorUpdates() {}

    /** Ties an accumulator to its driver, once. */
    public static void register(Accumulator<?, ?> accumulator, int id, String name, AccumulatorHome home) {
        if (accumulator.tie() != null) {
            throw new RaddleException(new Cause.InvalidInput(
                    "An accumulator was registered twice" + (name.isEmpty() ? "." : ", as \"" + name + "\"."),
                    "Register each object once, and make another for another sum."));
        }
        accumulator.tie(new Tie.Registered(id, name, home));
    }

    /** What a task added, as it travels; empty when it added nothing. The accumulator is of no use afterwards. */
    public static Optional<AccumulatorUpdate> encode(int id, Accumulator<?, ?> accumulator) {
        if (accumulator.isZero()) {
            return Optional.empty();
        }
        AccumulatorUpdate.Builder update = AccumulatorUpdate.newBuilder().setAccumulator(id);
        if (accumulator instanceof LongAccumulator longs) {
            update.setLongs(longs.message());
        } else if (accumulator instanceof DoubleAccumulator doubles) {
            update.setDoubles(doubles.message());
        } else {
            String what = "add to " + Accumulator.described(accumulator.name(), id);
            accumulator.tie(new Tie.Travelling());
            update.setState(ByteString.copyFrom(ClosureCodec.freeze(accumulator, new CallSite(what, "a task"))));
        }
        return Optional.of(update.build());
    }

    /** An accumulator that holds what a task added; its classes come from {@code loader}. */
    public static Accumulator<?, ?> decode(ByteString state, ClassLoader loader) {
        return ClosureCodec.thaw(state.toByteArray(), Accumulator.class, loader);
    }

    /** The same for sums of whole numbers. */
    public static Accumulator<?, ?> decode(LongSum sum) {
        return new LongAccumulator(sum.getSum(), sum.getCount());
    }

    /** The same for sums of fractions. */
    public static Accumulator<?, ?> decode(DoubleSum sum) {
        return new DoubleAccumulator(sum.getSum(), sum.getCount());
    }

    /** Adds what was added to {@code from}, an accumulator of the same kind. */
    @SuppressWarnings("unchecked")
    public static void merge(Accumulator<?, ?> into, Accumulator<?, ?> from) {
        ((Accumulator<Object, Object>) into).merge((Accumulator<Object, Object>) from);
    }
}
