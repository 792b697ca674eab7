/**
 * The one address that executors and watchers know: the services of executors and of {@code Control}, the artifact
 * store and the results that executors push. It carries frames between executors and the driver, opaque and unordered
 * by it, and decides nothing. Local mode and the application master host the same classes.
 */
@NullMarked
package io.raddle.endpoint;

import org.jspecify.annotations.NullMarked;
