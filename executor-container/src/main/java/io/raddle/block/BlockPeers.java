package io.raddle.block;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.BlockId.CachedPartition;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.BlockHolder;
import io.raddle.proto.KeptElsewhere;
import io.raddle.serde.RecordFormat;
import io.raddle.transfer.BlockClient;
import io.raddle.transfer.BlockStream;
import io.raddle.transfer.PeerAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads kept partitions from the executors that the driver named for a task, one after the other until one sends its
 * first records. Used by the task's thread.
 */
public final class BlockPeers implements Elsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(BlockPeers.class);

    private final BlockClient client;
    private final int epoch;
    private final List<KeptElsewhere> kept;
    private final List<Integer> inVain = new ArrayList<>();

    /** {@code kept} is what the driver of this epoch said. */
    public BlockPeers(BlockClient client, int epoch, List<KeptElsewhere> kept) {
        this.client = client;
        this.epoch = epoch;
        this.kept = List.copyOf(kept);
    }

    /** The executors that did not send what they were said to have. */
    public List<Integer> inVain() {
        return inVain;
    }

    @Override
    public @Nullable Iterator<?> open(BlockId id, RecordFormat format, TaskMemory task) throws InterruptedException {
        for (KeptElsewhere each : kept) {
            if (each.getStorage() == id.storage() && each.getPartition() == id.partition()) {
                return open(id, each.getHoldersList(), format, task);
            }
        }
        return null;
    }

    private @Nullable Iterator<?> open(BlockId id, List<BlockHolder> holders, RecordFormat format, TaskMemory task)
            throws InterruptedException {
        for (BlockHolder holder : holders) {
            try {
                return open(id, holder, format, task);
            } catch (InterruptedIOException e) {
                Thread.interrupted();
                throw new InterruptedException(e.getMessage());
            } catch (IOException e) {
                LOG.info("{}", e.getMessage());
                inVain.add(holder.getExecutor());
            }
        }
        return null;
    }

    private Iterator<?> open(BlockId id, BlockHolder holder, RecordFormat format, TaskMemory task) throws IOException {
        CachedPartition name = new CachedPartition(epoch, id.storage(), id.partition());
        BlockStream stream = client.fetch(PeerAddress.of(holder.getAddress()), name);
        task.closeAtEnd(stream::close);
        DataInputStream in = new DataInputStream(stream);
        return new ChunkReader(() -> Framing.read(in, name), format, stream::close, why -> broken(id, holder, why));
    }

    /** Records were handed out already, so that no other source can go on where this one ended. */
    private static RaddleException broken(BlockId id, BlockHolder holder, IOException why) {
        Cause cause = why instanceof InterruptedIOException
                ? new Cause.Cancelled("an interrupt while a kept partition was read")
                : new Cause.BlockLost(
                        id.storage(), id.partition(), String.valueOf(why.getMessage()), List.of(holder.getExecutor()));
        return new RaddleException(cause, why);
    }
}
