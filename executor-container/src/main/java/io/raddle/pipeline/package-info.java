/**
 * The operators of a stage, run fused: one pass over one partition, pulled record by record from sources that the caller
 * opens. Knows plans and functions, never the network, files or threads.
 */
@NullMarked
package io.raddle.pipeline;

import org.jspecify.annotations.NullMarked;
