/**
 * A driver outside of the cluster: {@code RelayHost} stands in the application master between executors and driver,
 * {@code DriverLine} is the driver's end. All connections are the driver's; frames pass unread, and nothing is
 * acknowledged for another, so that either end may lose the other and go on.
 */
@NullMarked
package io.raddle.relay;

import org.jspecify.annotations.NullMarked;
