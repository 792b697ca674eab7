package io.raddle.pipeline;

import com.google.protobuf.ByteString;

/** Gives a task its own copies of the functions of a plan, so that no two tasks share what a closure captured. */
@FunctionalInterface
public interface Functions {
    /** The function that was serialized to these bytes; fails with a typed cause. */
    Object decode(ByteString serialized);
}
