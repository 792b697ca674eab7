/**
 * A real Hadoop on this machine, for tests and for people: HDFS and YARN started, watched and stopped with nothing
 * installed. The launcher ({@link io.raddle.cluster.LocalCluster}) needs only the JDK; Hadoop is on the class path of
 * the daemons alone. Nothing here knows Raddle.
 */
package io.raddle.cluster;
