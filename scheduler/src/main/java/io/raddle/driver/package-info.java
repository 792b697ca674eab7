/**
 * The shell around the pure core: one thread that drains an inbox, feeds the core and does what it decides. Payload
 * waits here under its attempt's id; user code runs on the caller's thread, never on the driver's. {@code DriverHost} is
 * what a master, a shell or a local program starts.
 */
@NullMarked
package io.raddle.driver;

import org.jspecify.annotations.NullMarked;
