package io.raddle.block;

/** Hears what an executor keeps of a block from now on; called in the order of the changes and must not block. */
public interface BlockListener extends BlockVisitor {
    /** Nothing is kept of it any more. */
    void gone(BlockId block);
}
