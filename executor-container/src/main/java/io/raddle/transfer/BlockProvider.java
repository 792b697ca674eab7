package io.raddle.transfer;

import io.raddle.id.BlockId;
import java.util.Optional;

/** Who has blocks to serve. Called by threads of gRPC, several at once; may read a disk but waits for nobody. */
@FunctionalInterface
public interface BlockProvider {
    /** The block of this name, if it is here now. */
    Optional<BlockSource> find(BlockId id);

    /** This, and for what it does not have {@code other}. */
    default BlockProvider or(BlockProvider other) {
        return id -> find(id).or(() -> other.find(id));
    }
}
