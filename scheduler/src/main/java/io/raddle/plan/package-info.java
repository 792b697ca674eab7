/**
 * What a program asked for, as immutable lineage, and how that becomes stages: lineage is cut at its shuffles, narrow
 * operations between two cuts become one flat plan, and each task gets its splits and the hosts that hold them. All of
 * it runs on the caller's thread and walks with work lists, so the depth of a lineage costs no stack.
 */
@NullMarked
package io.raddle.plan;

import org.jspecify.annotations.NullMarked;
