package io.raddle;

/**
 * A stage of an application.
 *
 * @param stageId its number
 * @param attempt how often it was begun: more than once when outputs of it were lost
 * @param name what the program called and where
 * @param tasks how many tasks it has
 * @param activeTasks attempts that were launched and have not ended
 * @param completedTasks tasks whose result counts
 * @param failedTasks attempts that failed so far
 * @param elapsedMillis time since it began, until it was complete
 */
public record StageInfo(
        int stageId,
        int attempt,
        String name,
        int tasks,
        int activeTasks,
        int completedTasks,
        int failedTasks,
        long elapsedMillis) {}
