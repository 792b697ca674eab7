/**
 * Text in and out of any Hadoop file system: splits planned by the driver, lines read by tasks, and output that becomes
 * visible only when the whole job has succeeded.
 */
@NullMarked
package io.raddle.io;

import org.jspecify.annotations.NullMarked;
