package io.raddle.block;

/** Hears what an executor keeps of a block from now on; called in the order of the changes and must not block. */
@FunctionalInterface
public interface BlockListener {
    /** {@code held} is false when nothing is kept of it any more. */
    void changed(BlockId block, boolean held, long memoryBytes, long diskBytes);
}
