package io.raddle.shuffle;

/**
 * What one map attempt wrote: {@code sizes} holds the {@link SizeCode} of each reduce partition, {@code bytes} is the
 * length of the data file.
 */
public record WrittenOutput(String mapId, byte[] sizes, long bytes, long records) {}
