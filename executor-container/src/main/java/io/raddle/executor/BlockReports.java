package io.raddle.executor;

import io.raddle.block.BlockId;
import io.raddle.block.BlockListener;
import io.raddle.proto.BlockReport;
import io.raddle.proto.BlockStatus;
import io.raddle.proto.ExecutorMessage;

/** Tells the driver what becomes of blocks, at once: so it knows of a block before the task that stored it ends. */
record BlockReports(Conversation conversation) implements BlockListener {
    @Override
    public void kept(BlockId block, long memoryBytes, long diskBytes) {
        say(status(block, memoryBytes, diskBytes));
    }

    @Override
    public void gone(BlockId block) {
        say(named(block).setHeld(false).build());
    }

    private void say(BlockStatus status) {
        conversation.say(ExecutorMessage.newBuilder()
                .setBlocks(BlockReport.newBuilder().addBlocks(status))
                .build());
    }

    static BlockStatus status(BlockId block, long memoryBytes, long diskBytes) {
        return named(block)
                .setHeld(true)
                .setMemoryBytes(memoryBytes)
                .setDiskBytes(diskBytes)
                .build();
    }

    private static BlockStatus.Builder named(BlockId block) {
        return BlockStatus.newBuilder().setStorage(block.storage()).setPartition(block.partition());
    }
}
