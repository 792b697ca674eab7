/** Why something ended: one sealed type made where the fact is known, with the sentences that a person reads. */
@NullMarked
package io.raddle.fault;

import org.jspecify.annotations.NullMarked;
