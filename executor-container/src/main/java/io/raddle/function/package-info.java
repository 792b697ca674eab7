/**
 * The functions that a program hands to Raddle: each is serializable, since it runs in other processes, and each may
 * throw checked exceptions, since those end as the typed failure of a task. Names follow Spark's Java API.
 */
@NullMarked
package io.raddle.function;

import org.jspecify.annotations.NullMarked;
