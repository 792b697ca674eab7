package io.raddle.function;

import java.io.Serializable;

/** Does something with a record, for its effect. It may run more than once for a record whose task is repeated. */
@FunctionalInterface
public interface VoidFunction<T> extends Serializable {
    /** Does it. */
    void call(T record) throws Exception;
}
