/**
 * Partitions that are kept once they are computed, as storage levels ask: in the memory that tasks leave, on the local
 * disks, or both. {@link io.raddle.block.BlockStore} has one block per storage and partition, computes each once however
 * many tasks ask for it at the same time, evicts the least recently used, and tells the driver what it holds.
 */
@NullMarked
package io.raddle.block;

import org.jspecify.annotations.NullMarked;
