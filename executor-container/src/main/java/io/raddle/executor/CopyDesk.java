package io.raddle.executor;

import io.raddle.block.BlockCopier;
import io.raddle.block.BlockId;
import io.raddle.block.BlockListener;
import io.raddle.block.BlockStore;
import io.raddle.proto.CopyBlock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the copies of kept partitions that the driver asks for, one after the other on a thread of its own, and answers
 * each: by what is kept, or by saying that nothing is. Thread-safe.
 */
final class CopyDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CopyDesk.class);
    /** The driver asks for few at a time; what it asks for beyond is refused. */
    private static final int MAX_WAITING = 64;

    private final BlockStore blocks;
    private final BlockCopier copier;
    private final BlockListener reports;
    private final IntSupplier epoch;
    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;

    /** What the driver of an epoch asked for, and how often blocks had been let go by then. */
    private record Order(CopyBlock copy, int epoch, long generation) {
        BlockId id() {
            return new BlockId(copy.getBlock().getStorage(), copy.getBlock().getPartition());
        }
    }

    CopyDesk(String name, BlockStore blocks, BlockCopier copier, BlockListener reports, IntSupplier epoch) {
        this.blocks = blocks;
        this.copier = copier;
        this.reports = reports;
        this.epoch = epoch;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Does not wait. */
    void ask(CopyBlock copy) {
        Order order = new Order(copy, epoch.getAsInt(), blocks.generation());
        if (!orders.offer(order)) {
            reports.gone(order.id());
        }
    }

    private void work() {
        try {
            while (true) {
                make(orders.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("No more copies are made", e);
        }
    }

    private void make(Order order) throws InterruptedException {
        boolean kept = false;
        try {
            kept = copier.copy(order.copy().getBlock(), order.copy().getLevel(), order.epoch(), order.generation());
        } catch (RuntimeException e) {
            LOG.warn("{} could not be copied", order.id(), e);
        }
        if (!kept) {
            reports.gone(order.id());
        }
    }

    /** Makes no more copies. */
    @Override
    public void close() {
        thread.interrupt();
    }

    /** Waits for the thread, once this is closed. */
    void awaitEnd(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
