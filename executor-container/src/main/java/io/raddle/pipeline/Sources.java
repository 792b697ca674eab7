package io.raddle.pipeline;

import io.raddle.proto.Operator;
import io.raddle.proto.StagePlan;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** Opens what a task reads: splits and shuffles. Failures to read are thrown as typed causes. */
@FunctionalInterface
public interface Sources {
    /** The records of one partition of {@code plan.getOperators(index)}, which is {@code operator}. */
    Iterator<?> open(StagePlan plan, int index, Operator operator, int partition);

    /** The records of one partition of an operator whose partitions are kept: those that are, or those of {@code compute}. */
    default Iterator<?> kept(Operator operator, int partition, Supplier<Iterator<?>> compute) {
        return compute.get();
    }

    /** The lines that the process of a {@link io.raddle.function.Pipe} makes of records. */
    default Iterator<?> pipe(Object pipe, int partition, Iterator<?> records) {
        throw new UnsupportedOperationException("these sources start no process");
    }

    /** A pair for each key of any input: the key and an array with one Iterable of values per input. */
    default Iterator<?> coGroup(List<Iterator<?>> inputs) {
        throw new UnsupportedOperationException("these sources bring nothing together");
    }

    /** The records in an order that follows from what they hold and not from how they come. */
    default Iterator<?> byContent(Iterator<?> records) {
        throw new UnsupportedOperationException("these sources bring nothing into an order");
    }
}
