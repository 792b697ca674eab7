/** Which task a thread works for: what public classes need to know of the engine without depending on it. */
@NullMarked
package io.raddle.scope;

import org.jspecify.annotations.NullMarked;
