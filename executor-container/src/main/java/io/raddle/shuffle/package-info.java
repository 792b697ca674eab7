/**
 * Moves records between stages. A map task writes one data file and one index through
 * {@link io.raddle.shuffle.ShuffleWriter}, in the layout that Hadoop's own {@code mapreduce_shuffle} serves; a reduce
 * task reads its partition of all of them through {@link io.raddle.shuffle.ShuffleReader}, combined, grouped, sorted or
 * brought together with other inputs. Everything that may grow is serialized or counted against the task's memory and
 * goes to disk when that is refused.
 */
@NullMarked
package io.raddle.shuffle;

import org.jspecify.annotations.NullMarked;
