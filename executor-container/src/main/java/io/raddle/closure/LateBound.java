package io.raddle.closure;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * An object of the driver that travels as another: what it is replaced by is made when a function is frozen, of all that
 * the function holds.
 */
public interface LateBound {
    /**
     * What is written in place of this; empty for null. {@code owners} hears of what must stay reachable as long as the
     * function is of use.
     *
     * @throws io.raddle.fault.RaddleException if the function cannot travel
     */
    Optional<Object> bind(Contents contents, CallSite site, Consumer<Object> owners);
}
