/**
 * Where the classes of an application live: a loader that shows them the JDK, the public part of Raddle, Hadoop and
 * slf4j, and nothing else that the engine stands on; and what becomes of their calls of System.exit.
 */
@NullMarked
package io.raddle.loader;

import org.jspecify.annotations.NullMarked;
