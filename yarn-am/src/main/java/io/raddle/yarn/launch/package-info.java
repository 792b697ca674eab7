/**
 * How our processes start and end in YARN's containers: the launch contexts of executors and of the application master,
 * the credentials that each may see, and what a container's exit status means. Pure: nothing here talks to YARN.
 */
@NullMarked
package io.raddle.yarn.launch;

import org.jspecify.annotations.NullMarked;
