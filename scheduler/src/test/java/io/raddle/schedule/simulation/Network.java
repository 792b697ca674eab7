package io.raddle.schedule.simulation;

/** Carries messages between executors and driver through one relay: drops, delays, doubles and reorders them. */
final class Network {
    private final World world;
    private boolean relayUp = true;

    Network(World world) {
        this.world = world;
    }

    boolean connects(SimExecutor executor) {
        return relayUp && executor.isReachable();
    }

    /** One message, in either direction; it may never come, and it may come twice. */
    void carry(SimExecutor executor, Runnable delivery) {
        if (!connects(executor) || world.strikes(Fault.MESSAGE_DROPPED, 2)) {
            return;
        }
        long delay = world.chance.millis(0, 4);
        if (world.strikes(Fault.MESSAGE_LATE, 2)) {
            delay += world.chance.millis(20, 3000);
        }
        world.time.after(delay, delivery);
        if (world.strikes(Fault.MESSAGE_DOUBLED, 2)) {
            world.time.after(delay + world.chance.millis(0, 800), delivery);
        }
    }

    /** The relay and all that it holds is gone for a while; every executor must attach again. */
    void restartRelay() {
        if (!relayUp) {
            return;
        }
        relayUp = false;
        world.time.after(world.chance.millis(300, 4000), () -> {
            relayUp = true;
            world.executors.values().forEach(SimExecutor::reattachSoon);
        });
    }
}
