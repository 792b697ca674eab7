/**
 * A world for the real core to live in: virtual time, executors, a relay, a cluster and a lossy network, all driven by
 * one seed. Its tasks compute real small data, so that the answer of a job is an invariant too.
 */
package io.raddle.schedule.simulation;
