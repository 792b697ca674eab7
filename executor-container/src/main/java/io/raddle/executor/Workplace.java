package io.raddle.executor;

import java.nio.file.Path;

/**
 * What an executor works with: a directory of its own for what it fetches, the loader of the user's classes for plans that
 * name no jars, and the memory that it may fill in all ({@code containerBytes}) and with records of the engine.
 */
public record Workplace(Path directory, ClassLoader loader, long containerBytes, long engineBytes) {}
