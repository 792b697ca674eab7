package io.raddle.closure;

import java.util.Optional;

/** Stands, in the bytes of a function, for something of the program that must last as long as the function is of use. */
public interface Owned {
    /** What must stay reachable; empty when there is nothing here that would go. */
    Optional<Object> owner();
}
