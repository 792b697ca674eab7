/** The benchmark's programs written for Spark's Java API; each has a twin of the same name for Raddle. */
package io.raddle.bench.spark;
