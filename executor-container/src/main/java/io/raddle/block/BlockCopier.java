package io.raddle.block;

import io.raddle.id.BlockId.CachedPartition;
import io.raddle.proto.BlockHolder;
import io.raddle.proto.KeptElsewhere;
import io.raddle.proto.Storage;
import io.raddle.transfer.BlockClient;
import io.raddle.transfer.BlockStream;
import io.raddle.transfer.PeerAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps here what other executors keep, as the bytes that they send: no class of the program is needed. Thread-safe. */
public final class BlockCopier {
    private static final Logger LOG = LoggerFactory.getLogger(BlockCopier.class);

    private final BlockStore store;
    private final BlockClient client;

    /** Copies into {@code store}. */
    public BlockCopier(BlockStore store, BlockClient client) {
        this.store = store;
        this.client = client;
    }

    /**
     * Asks one holder after the other; answers whether the block is kept here now. It belongs to the driver of this epoch
     * and to what the store kept when its generation was {@code generation}.
     */
    public boolean copy(KeptElsewhere block, Storage level, int epoch, long generation) throws InterruptedException {
        BlockId id = new BlockId(block.getStorage(), block.getPartition());
        CachedPartition name = new CachedPartition(epoch, id.storage(), id.partition());
        for (BlockHolder holder : block.getHoldersList()) {
            try (BlockStream stream = client.fetch(PeerAddress.of(holder.getAddress()), name)) {
                DataInputStream in = new DataInputStream(stream);
                return store.copy(id, level, generation, () -> Framing.read(in, name));
            } catch (InterruptedIOException e) {
                Thread.interrupted();
                throw new InterruptedException(e.getMessage());
            } catch (IOException e) {
                LOG.info("No copy of {}: {}", id, e.toString());
            }
        }
        return false;
    }
}
