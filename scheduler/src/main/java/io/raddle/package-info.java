/**
 * What programs use: a {@link io.raddle.Session} makes {@link io.raddle.Rdd}s, whose operations describe work and whose
 * actions do it. Names and meaning follow Spark's Java API.
 */
@NullMarked
package io.raddle;

import org.jspecify.annotations.NullMarked;
