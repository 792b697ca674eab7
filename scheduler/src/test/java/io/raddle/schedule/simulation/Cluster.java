package io.raddle.schedule.simulation;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.schedule.Event;
import io.raddle.schedule.Event.ExecutorLost;
import java.util.ArrayList;
import java.util.List;

/** The resource manager and its nodes: grants containers, ends them, and tells the driver so, sooner or later. */
final class Cluster {
    private static final long LEASE = 10_000_000_000L;

    final List<NodeId> nodes = new ArrayList<>();
    private final World world;
    private final Network network;
    private final int slots;
    private int wished;
    private int nextExecutor = 1;
    private int nextNode = 1;

    Cluster(World world, Network network, int slots) {
        this.world = world;
        this.network = network;
        this.slots = slots;
        for (int i = 0; i < 4; i++) {
            addNode();
        }
    }

    private void addNode() {
        nodes.add(new NodeId("host" + nextNode, nextNode));
        nextNode++;
    }

    List<String> hosts() {
        return nodes.stream().map(NodeId::host).toList();
    }

    void ask(int count) {
        wished = count;
    }

    /** Grants what is wished for, one container at a time. */
    void heartbeat(Driver driver) {
        if (wished > 0 && world.strikes(Fault.CONTAINERS_REFUSED, 10)) {
            driver.hears(new Event.ContainersRefused(new Cause.LimitExceeded("The queue is full.", "queue")));
            return;
        }
        while (wished > 0) {
            wished--;
            grant(driver);
        }
    }

    private void grant(Driver driver) {
        ExecutorId id = new ExecutorId(nextExecutor++);
        SimExecutor executor = new SimExecutor(id, world.chance.of(nodes), slots, world, network, this, driver);
        world.executors.put(id, executor);
        driver.hears(new Event.ContainerAllocated(id, executor.node));
        world.time.after(world.chance.millis(100, 2000), () -> {
            if (world.deadNodes.contains(executor.node)) {
                return;
            }
            if (world.strikes(Fault.LAUNCH_FAILED, world.barren ? 50 : 4)) {
                tell(driver, executor, new Cause.LaunchFailed(executor.node.toString(), "no java"));
            } else if (world.strikes(Fault.DRAINS_UNHEARD, world.barren ? 60 : 1)) {
                driver.hears(new Event.ExecutorDraining(id));
                tell(driver, executor, new Cause.ExecutorExited(executor.node.toString(), 143, "node leaves"));
            } else if (world.strikes(Fault.LAUNCH_SLOW, 3)) {
                missAfterLease(executor, executor.incarnation());
                world.time.after(LEASE + world.chance.millis(1, 9000), executor::start);
            } else {
                executor.start();
            }
        });
    }

    void release(ExecutorId id, Driver driver) {
        SimExecutor executor = world.executors.get(id);
        executor.die();
        tell(driver, executor, new Cause.ExecutorExited(executor.node.toString(), 143, "released"));
    }

    /** The process ended; its container is reported complete after a while, and its stream may be missed before. */
    void exited(SimExecutor executor, Cause cause) {
        long incarnation = executor.incarnation();
        executor.die();
        Driver driver = executor.driver();
        if (world.chance.oneIn(2)) {
            Cause silence = new Cause.Unreachable(executor.node.toString(), "stream broken");
            world.time.after(
                    world.chance.millis(0, 50),
                    () -> driver.hears(new ExecutorLost(executor.id, incarnation, silence)));
        }
        world.time.after(world.chance.millis(50, 2000), () -> tell(driver, executor, cause));
    }

    private void tell(Driver driver, SimExecutor executor, Cause cause) {
        Event event = new ExecutorLost(executor.id, ExecutorLost.EVERY_INCARNATION, cause);
        world.time.after(world.chance.millis(0, 100), () -> driver.hears(event));
        if (world.chance.oneIn(5)) {
            world.time.after(world.chance.millis(0, 9000), () -> driver.hears(event));
        }
    }

    /** The process ends and nobody notices before the lease is over. */
    void dieSilently(SimExecutor executor) {
        long incarnation = executor.incarnation();
        executor.die();
        Cause exit = new Cause.ExecutorExited(executor.node.toString(), 137, "");
        missAfterLease(executor, incarnation);
        world.time.after(LEASE + world.chance.millis(0, 30_000), () -> tell(executor.driver(), executor, exit));
    }

    /** Nothing comes through for a while, maybe for longer than the lease. */
    void silence(SimExecutor executor) {
        long nanos = world.chance.oneIn(2) ? world.chance.millis(100, 8000) : world.chance.millis(11_000, 45_000);
        executor.cutOff();
        if (nanos > LEASE) {
            missAfterLease(executor, executor.incarnation());
        }
        world.time.after(nanos, executor::reconnect);
    }

    /** The cluster says that the container ended while its process still runs, and will be heard of again. */
    void takeForDead(SimExecutor executor) {
        executor.cutOff();
        executor.saidToBeDead();
        tell(executor.driver(), executor, new Cause.ExecutorExited(executor.node.toString(), -100, "released"));
        world.time.after(world.chance.millis(500, 20_000), executor::reconnect);
    }

    /** A new process begins in the container; that the one before ended is known sooner or later. */
    void restart(SimExecutor executor) {
        long before = executor.incarnation();
        executor.start();
        if (world.strikes(Fault.OLD_LOSS_TOLD, 60)) {
            Cause cause = new Cause.ExecutorExited(executor.node.toString(), 1, "");
            world.time.after(
                    world.chance.millis(200, 3000),
                    () -> executor.driver().hears(new ExecutorLost(executor.id, before, cause)));
        }
    }

    private void missAfterLease(SimExecutor executor, long incarnation) {
        Cause cause = new Cause.Unreachable(executor.node.toString(), "no heartbeat");
        world.time.after(LEASE, () -> executor.driver().hears(new ExecutorLost(executor.id, incarnation, cause)));
    }

    void loseNode(NodeId node, Driver driver) {
        nodes.remove(node);
        world.deadNodes.add(node);
        addNode();
        for (SimExecutor executor : world.executors.values()) {
            if (executor.node.equals(node)) {
                executor.die();
                tell(driver, executor, new Cause.NodeLost(node.toString()));
            }
        }
        world.time.after(world.chance.millis(0, 3000), () -> driver.hears(new Event.NodeLost(node)));
    }
}
