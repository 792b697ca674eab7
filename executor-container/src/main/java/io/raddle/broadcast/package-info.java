/**
 * Values that every executor gets once: cut into compressed pieces that executors take from each other where they can,
 * so that the driver sends each about once, and thawed once per executor.
 */
@NullMarked
package io.raddle.broadcast;

import org.jspecify.annotations.NullMarked;
