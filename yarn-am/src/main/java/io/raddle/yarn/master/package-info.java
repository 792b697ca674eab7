/**
 * The application master: registers with the ResourceManager before anything else, turns the driver's demand into
 * containers with an executor in each, runs the user's program and ends the application truthfully.
 */
@NullMarked
package io.raddle.yarn.master;

import org.jspecify.annotations.NullMarked;
