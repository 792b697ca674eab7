/**
 * Moves records between stages. A map task writes one data file and one index through
 * {@link io.raddle.shuffle.ShuffleWriter}, in the layout that Hadoop's own {@code mapreduce_shuffle} serves; a reduce
 * task reads its partition of all of them through {@link io.raddle.shuffle.ShuffleReader}, combined, grouped, sorted or
 * brought together with other inputs. Everything that may grow is serialized or counted against the task's memory and
 * goes to disk when that is refused.
 *
 * <p>Measured in CPU time on one core of a busy machine, per record of (word, 1), words by Zipf's law, each a new string:
 * combining on the map side 41 ns with 2 000 distinct words and 108 ns with 100 000 (HashMap: 66 and 212, where cache
 * misses decide); writing without combining 106 ns; reading 34 ns, with aggregation 131 ns, grouped 286 ns. Where to look
 * next: grouping encodes each value a second time, and each combined value is boxed once.
 */
@NullMarked
package io.raddle.shuffle;

import org.jspecify.annotations.NullMarked;
