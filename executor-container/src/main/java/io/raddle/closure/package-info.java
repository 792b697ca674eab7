/**
 * How functions travel: frozen into bytes when an operation is called, thawed where they run, and refused at the call,
 * with the path to the culprit, when they hold something that cannot travel.
 */
@NullMarked
package io.raddle.closure;

import org.jspecify.annotations.NullMarked;
