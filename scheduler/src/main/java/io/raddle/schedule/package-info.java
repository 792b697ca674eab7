/**
 * The pure scheduler core: a single-threaded state machine that takes events and the time as arguments and answers with
 * actions. It starts no thread, reads no clock, does no I/O and iterates over nothing in hash order, so that a seed
 * replays it exactly.
 */
@NullMarked
package io.raddle.schedule;

import org.jspecify.annotations.NullMarked;
