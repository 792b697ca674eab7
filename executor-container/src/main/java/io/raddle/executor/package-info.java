/**
 * The executor: attaches to the endpoint, runs the tasks that it is sent, and reports. One conversation with the driver
 * that outlives its connections, one thread for each task slot, one thread that beats. The same objects run as a process
 * of a YARN container and within a program in local mode.
 */
@NullMarked
package io.raddle.executor;

import org.jspecify.annotations.NullMarked;
