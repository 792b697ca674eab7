package io.raddle.executor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** What the JVM counts for tasks. Loaded with the first task, not at start-up. */
final class ProcessClocks {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private ProcessClocks() {}

    static long threadCpuNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    /** Time spent in collections so far, by all threads of the process. */
    static long gcMillis() {
        long total = 0;
        for (int i = 0; i < COLLECTORS.size(); i++) {
            total += COLLECTORS.get(i).getCollectionTime();
        }
        return total;
    }
}
