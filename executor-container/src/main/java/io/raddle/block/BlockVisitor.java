package io.raddle.block;

/** Is told of blocks that an executor keeps. */
@FunctionalInterface
public interface BlockVisitor {
    /** So much of it is kept in memory and on disk; of a partition without records it may be nothing. */
    void kept(BlockId block, long memoryBytes, long diskBytes);
}
