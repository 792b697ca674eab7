package io.raddle.schedule;

import java.time.Duration;

/**
 * What the core is told once, at its start.
 *
 * @param driverEpoch part of every attempt's id; grows with each driver of an application
 * @param minExecutors executors to ask for at once and to keep
 * @param firstExecutors executors that work may have at once; more come in steps while it waits
 * @param maxExecutors executors never to exceed
 * @param slotsPerExecutor slots that one more container is expected to bring
 * @param localityWait longest time that a task waits for a better place than the free one
 * @param lookAhead work to keep queued behind each slot, beyond the round trip of a report
 * @param queueLimit most attempts that wait in one executor's queue
 * @param batchLimit most attempts in one launch
 * @param stageAttempts most times in a row that a stage meets lost inputs without finishing a task
 * @param commitPatience how long a granted commit on a silent executor stays undecided
 * @param idlePatience how long an executor beyond the minimum may be without work
 * @param speculation which tasks get a second attempt beside the first
 */
public record Settings(
        int driverEpoch,
        int minExecutors,
        int firstExecutors,
        int maxExecutors,
        int slotsPerExecutor,
        Duration localityWait,
        Duration lookAhead,
        int queueLimit,
        int batchLimit,
        int stageAttempts,
        Duration commitPatience,
        Duration idlePatience,
        SpeculationRule speculation) {

    public Settings {
        if (minExecutors < 0 || firstExecutors < Math.max(1, minExecutors) || firstExecutors > maxExecutors) {
            throw new IllegalArgumentException(
                    "executors from " + minExecutors + " to " + maxExecutors + ", at once " + firstExecutors);
        }
        if (slotsPerExecutor < 1 || batchLimit < 1 || queueLimit < 0 || stageAttempts < 1) {
            throw new IllegalArgumentException("slots, batch and stage attempts start at 1, the queue at 0");
        }
    }

    /** A fixed number of executors and the usual values for all else. */
    public static Settings fixed(int driverEpoch, int executors, int slotsPerExecutor) {
        return new Settings(
                driverEpoch,
                executors,
                executors,
                executors,
                slotsPerExecutor,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                512,
                256,
                4,
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                SpeculationRule.NONE);
    }
}
