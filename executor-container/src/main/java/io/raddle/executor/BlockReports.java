package io.raddle.executor;

import io.raddle.block.BlockId;
import io.raddle.block.BlockListener;
import io.raddle.proto.BlockReport;
import io.raddle.proto.BlockStatus;
import io.raddle.proto.ExecutorMessage;

/** Tells the driver what becomes of blocks, at once: so it knows of a block before the task that stored it ends. */
record BlockReports(Conversation conversation) implements BlockListener {
    @Override
    public void changed(BlockId block, boolean held, long memoryBytes, long diskBytes) {
        conversation.say(ExecutorMessage.newBuilder()
                .setBlocks(BlockReport.newBuilder().addBlocks(status(block, held, memoryBytes, diskBytes)))
                .build());
    }

    static BlockStatus status(BlockId block, boolean held, long memoryBytes, long diskBytes) {
        return BlockStatus.newBuilder()
                .setStorage(block.storage())
                .setPartition(block.partition())
                .setHeld(held)
                .setMemoryBytes(memoryBytes)
                .setDiskBytes(diskBytes)
                .build();
    }
}
