package io.raddle.schedule.simulation;

/** What is run inside the loader of a mutant. */
public final class Trial {
    private Trial() {}

    /** Says how the simulator caught the core within so many seeds, or nothing when it did not. */
    public static String run(int seeds) {
        Simulate simulate = new Simulate();
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                simulate.add(new Simulation(seed, false).run());
            } catch (AssertionError | RuntimeException breach) {
                return "seed " + seed + ": " + Simulate.firstLine(breach);
            }
        }
        return simulate.rare().isEmpty() ? "" : "never visited: " + simulate.rare();
    }
}
