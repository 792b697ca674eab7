package io.raddle.yarn.client;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What a wall clock may show on a machine that has other work too. */
final class BusyMachine {
    /** So many runnable threads per core a build has of its own. */
    private static final double USUAL = 2;

    private BusyMachine() {}

    /** The limit as it stands, longer by as much as more threads than usual want the cores now. */
    static Duration stretch(Duration limit) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        double perCore = load / Runtime.getRuntime().availableProcessors();
        return Duration.ofMillis((long) (limit.toMillis() * Math.max(1, perCore / USUAL)));
    }
}
