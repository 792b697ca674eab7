package io.raddle.memory;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.List;

/**
 * How a container is divided among the areas of its JVM, so that all of them full at once stay below what YARN grants.
 * {@code overheadBytes} is what no option bounds: thread stacks, the collector, the allocator of the C library, and the
 * code cache, which is bounded inside it.
 */
public record ContainerMemory(
        long containerBytes,
        long heapBytes,
        long directBytes,
        long metaspaceBytes,
        long codeCacheBytes,
        long overheadBytes) {
    private static final long MIB = 1 << 20;
    private static final long MIN_OVERHEAD = 224 * MIB;
    private static final long MIN_HEAP = 64 * MIB;

    /** The division of a container of {@code containerBytes}. */
    public static ContainerMemory of(long containerBytes) {
        long overhead = Math.max(MIN_OVERHEAD, wholeMib(containerBytes * 12 / 100));
        long direct = wholeMib(clamp(containerBytes * 8 / 100, 32 * MIB, 4096 * MIB));
        long metaspace = wholeMib(clamp(containerBytes / 10, 64 * MIB, 256 * MIB));
        long codeCache = wholeMib(clamp(containerBytes / 20, 48 * MIB, 128 * MIB));
        long heap = wholeMib(containerBytes - overhead - direct - metaspace);
        if (heap < MIN_HEAP) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A container of " + containerBytes / MIB + " MiB leaves no room for a Java heap.",
                    "Ask for at least " + (MIN_OVERHEAD + 32 * MIB + 64 * MIB + MIN_HEAP) / MIB + " MiB."));
        }
        return new ContainerMemory(containerBytes, heap, direct, metaspace, codeCache, overhead);
    }

    /** What maps, sorters and groups may hold; the rest of the heap is for user code and records in flight. */
    public long engineBytes() {
        return heapBytes / 2;
    }

    /**
     * The options that hold a JVM to this division. Netty is told to take its direct memory as everybody does, below the
     * JDK's limit: the other way is closed to it since JDK 17, and opening it would cost each start of a JVM.
     */
    public List<String> jvmOptions() {
        return List.of(
                "-Xmx" + heapBytes / MIB + "m",
                "-XX:MaxDirectMemorySize=" + directBytes / MIB + "m",
                "-Dio.netty.maxDirectMemory=0",
                "-Djdk.nio.maxCachedBufferSize=262144",
                "-XX:MaxMetaspaceSize=" + metaspaceBytes / MIB + "m",
                "-XX:ReservedCodeCacheSize=" + codeCacheBytes / MIB + "m");
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }

    private static long wholeMib(long bytes) {
        return bytes / MIB * MIB;
    }
}
