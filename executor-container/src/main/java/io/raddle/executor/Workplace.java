package io.raddle.executor;

import java.nio.file.Path;
import java.util.List;

/**
 * What an executor works with: a directory of its own for what it fetches, the loader of the user's classes for plans that
 * name no jars, the memory that it may fill in all ({@code containerBytes}) and with records of the engine, and the
 * directories for map outputs and spills, one per disk.
 */
public record Workplace(
        Path directory, ClassLoader loader, long containerBytes, long engineBytes, List<Path> localDirectories) {
    public Workplace {
        localDirectories = List.copyOf(localDirectories);
    }
}
