/**
 * What tasks share with the program and with each other: values that travel to every executor once, sums that travel
 * back, and what a task may know of itself.
 */
@NullMarked
package io.raddle.shared;

import org.jspecify.annotations.NullMarked;
