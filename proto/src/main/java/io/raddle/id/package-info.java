/** Names of things that more than one process speaks of: records, ordered, and dense where that helps. */
@NullMarked
package io.raddle.id;

import org.jspecify.annotations.NullMarked;
