/**
 * Where executors come from. The driver says how many it wants; a cluster manager grants containers, starts an executor
 * in each and tells truthfully when one has ended. YARN's lives in the master, the local one here.
 */
@NullMarked
package io.raddle.cluster;

import org.jspecify.annotations.NullMarked;
