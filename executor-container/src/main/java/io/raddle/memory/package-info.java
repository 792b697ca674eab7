/**
 * Who may hold how much. {@link io.raddle.memory.ContainerMemory} divides a container into the limits of its JVM; one
 * {@link io.raddle.memory.MemoryBudget} per executor is shared by its tasks, each through its own
 * {@link io.raddle.memory.TaskMemory}: reserve before you allocate, spill when refused, close at the end of the task.
 */
@NullMarked
package io.raddle.memory;

import org.jspecify.annotations.NullMarked;
