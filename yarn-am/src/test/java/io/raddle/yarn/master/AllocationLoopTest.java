package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.Container;
import io.raddle.cluster.Demand;
import io.raddle.cluster.ExecutorAddress;
import io.raddle.fault.Cause;
import io.raddle.id.NodeId;
import io.raddle.yarn.launch.ExecutorPlace;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocationLoopTest {
    private final FakeResourceManager manager = new FakeResourceManager();
    private final FakeYarn yarn = new FakeYarn(manager);
    private final Heard heard = new Heard();
    private final Set<String> attached = ConcurrentHashMap.newKeySet();
    private YarnCluster cluster = cluster(Duration.ofMinutes(1), 1024);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void registersWithTheEndpointsAddressAndStartsExecutors() {
        start(2);

        await().until(() -> yarn.started().size() == 2);
        assertThat(manager.registrations()).containsExactly("master-host:4711");
        await().until(() -> heard.granted.size() == 2);
        assertThat(yarn.started()).extracting(place -> place.node().host()).containsOnly("worker");
        assertThat(yarn.started()).extracting(ExecutorPlace::memoryMib).containsOnly(1024);
    }

    @Test
    void replacesAnExecutorWhoseContainerEnded() {
        start(1);
        await().until(() -> heard.granted.size() == 1);
        attached.add(heard.granted.get(0).id());
        manager.complete(1, 137, "");

        await().until(() -> heard.granted.size() == 2);
        assertThat(heard.ended).singleElement().isInstanceOf(Cause.ExecutorExited.class);
    }

    @Test
    void givesBackAContainerThatItsNodeDidNotStartAndTriesAnother() {
        yarn.refuse(new Cause.LaunchFailed("worker:1", "connection refused"));
        start(1);
        await().until(() -> manager.released().contains(1L));
        yarn.accept();

        await().until(() -> heard.granted.size() == 1);
        assertThat(heard.granted.get(0).executor().number()).isGreaterThan(1);
        assertThat(heard.ended).isEmpty();
    }

    @Test
    void givesUpWhenNoExecutorEverStarts() {
        yarn.refuse(new Cause.LaunchFailed("worker:1", "connection refused"));
        start(1);

        await().until(() -> !heard.refused.isEmpty());
        assertThat(heard.refused.get(0)).isEqualTo(new Cause.LaunchFailed("worker:1", "connection refused"));
    }

    @Test
    void replacesAnExecutorThatDoesNotAttachInTime() {
        cluster = cluster(Duration.ofMillis(50), 1024);
        start(1);

        await().until(() -> heard.granted.size() >= 2);
        assertThat(heard.ended.get(0)).isInstanceOf(Cause.LaunchFailed.class);
        assertThat(heard.ended.get(0).happened()).contains("did not attach");
    }

    @Test
    void givesBackWhatTheDriverReleases() {
        start(1);
        await().until(() -> heard.granted.size() == 1);
        cluster.ask(Demand.anywhere(0));
        cluster.release(heard.granted.get(0).id());

        await().until(() -> heard.ended.size() == 1);
        assertThat(manager.released()).containsExactly(1L);
    }

    @Test
    void tellsWhichNodesLeaveAndWhichAreGoneWithTheirDisks() {
        manager.nodeBecame("ill", NodeState.UNHEALTHY);
        manager.nodeBecame("old", NodeState.DECOMMISSIONING);
        manager.nodeBecame("old", NodeState.DECOMMISSIONED);
        manager.nodeBecame("silent", NodeState.LOST);
        manager.nodeBecame("anew", NodeState.REBOOTED);
        start(1);

        await().until(() -> heard.departures.size() >= 4);
        assertThat(heard.departures)
                .containsExactly("leaving old:8041", "lost old:8041", "lost silent:8041", "lost anew:8041");
    }

    @Test
    void asksAgainAfterTheResourceManagerRestarted() {
        manager.grant(false);
        start(2);
        await().until(() -> manager.asked() == 2);
        manager.restart();

        await().until(() -> manager.registrations().size() == 2 && manager.asked() == 2);
        manager.grant(true);
        await().until(() -> yarn.started().size() == 2);
    }

    @Test
    void refusesExecutorsThatTheClusterNeverGrants() {
        cluster = cluster(Duration.ofMinutes(1), 1 << 20);
        start(1);

        await().until(() -> !heard.refused.isEmpty());
        assertThat(heard.refused.get(0).happened()).contains("larger than this cluster allows: 8192 MiB");
    }

    @Test
    void saysThatTheResourceManagerEndedTheAttempt() {
        start(1);
        await().until(() -> heard.granted.size() == 1);
        manager.forgetAttempt();

        await().until(() -> !heard.refused.isEmpty());
        assertThat(heard.refused.get(0).happened()).contains("ended this attempt");
    }

    @Test
    void countsExecutorsThatAnEarlierAttemptLeft() {
        manager.leave(101, 102);
        attached.add(Responses.id(101).toString());
        attached.add(Responses.id(102).toString());
        start(3);

        await().until(() -> yarn.started().size() == 1);
        assertThat(manager.registrations()).hasSize(1);
        assertThat(yarn.tokens()).containsExactly("worker:8041");
        manager.complete(101, 137, "");
        await().until(() -> yarn.started().size() == 2);
        assertThat(heard.ended).singleElement().isInstanceOf(Cause.ExecutorExited.class);
        assertThat(manager.released()).isEmpty();
    }

    @Test
    void tellsHowTheApplicationEndedAndNothingAfter() throws Exception {
        start(1);
        await().until(() -> heard.granted.size() == 1);
        cluster.progress(0.5f);
        await().until(() -> manager.progress() == 0.5f);

        cluster.finish(FinalApplicationStatus.FAILED, "because");

        assertThat(manager.finished()).containsExactly("FAILED because");
        assertThat(manager.callsAfterEnd()).isZero();
        assertThat(heard.refused).isEmpty();
    }

    @Test
    void tellsHowTheApplicationEndedThoughTheResourceManagerHadRestarted() throws Exception {
        ResourceManagerLink link = new ResourceManagerLink(manager, "master-host", 4711);
        link.register();
        manager.restart();

        link.finish(FinalApplicationStatus.SUCCEEDED, "done");

        assertThat(manager.registrations()).hasSize(2);
        assertThat(manager.finished()).containsExactly("SUCCEEDED done");
    }

    @Test
    void tellsOfContainersThatEndedWhileThereWasNoMaster() {
        cluster = cluster(Duration.ofMinutes(1), 1024, 10_000);
        manager.complete(17, 137, "");
        start(1);

        await().until(() -> !heard.ended.isEmpty());
        assertThat(heard.ended).singleElement().isInstanceOf(Cause.ExecutorExited.class);
        assertThat(heard.ended.get(0).happened()).contains("_000017", "exit code 137", "no application master");
    }

    private void start(int executors) {
        cluster.ask(Demand.anywhere(executors));
        cluster.start(new ExecutorAddress("0.0.0.0", 4711), heard);
        cluster.ask(Demand.anywhere(executors));
    }

    private YarnCluster cluster(Duration deadline, int memoryMib) {
        return cluster(deadline, memoryMib, 0);
    }

    private YarnCluster cluster(Duration deadline, int memoryMib, int lastExecutor) {
        ClusterTerms terms = new ClusterTerms(
                "master-host", 0, memoryMib, 1, lastExecutor, deadline, Duration.ofMillis(20), host -> "/default-rack");
        return new YarnCluster(terms, yarn, new Observed() {
            @Override
            public String trackingUrl() {
                return "";
            }

            @Override
            public Set<String> attachedContainers() {
                return attached;
            }
        });
    }

    /** Remembers what the driver would hear. */
    private static final class Heard implements ClusterEvents {
        private final List<Container> granted = new CopyOnWriteArrayList<>();
        private final List<Cause> ended = new CopyOnWriteArrayList<>();
        private final List<Cause> refused = new CopyOnWriteArrayList<>();
        private final List<String> departures = new CopyOnWriteArrayList<>();

        @Override
        public void granted(Container container) {
            granted.add(container);
        }

        @Override
        public void ended(String container, Cause cause) {
            ended.add(cause);
        }

        @Override
        public void refused(Cause cause) {
            refused.add(cause);
        }

        @Override
        public void leaving(NodeId node) {
            departures.add("leaving " + node);
        }

        @Override
        public void lost(NodeId node) {
            departures.add("lost " + node);
        }
    }
}
