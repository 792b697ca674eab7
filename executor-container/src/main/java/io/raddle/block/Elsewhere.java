package io.raddle.block;

import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What other executors keep of what one task asks for. Used by the task's thread. */
@FunctionalInterface
public interface Elsewhere {
    /** Nobody else keeps anything. */
    Elsewhere NOWHERE = (id, format, task) -> null;

    /** The records of a block as another executor sends them, until {@code task} ends; null when none does. */
    @Nullable
    Iterator<?> open(BlockId id, RecordFormat format, TaskMemory task) throws InterruptedException;
}
