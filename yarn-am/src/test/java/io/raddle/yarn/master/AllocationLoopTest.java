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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.NMToken;
import org.apache.hadoop.yarn.api.records.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocationLoopTest {
    private final FakeResourceManager manager = new FakeResourceManager();
    private final Yarn yarn = new Yarn();
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

        await().until(() -> yarn.started.size() == 2);
        assertThat(manager.registrations()).containsExactly("master-host:4711");
        await().until(() -> heard.granted.size() == 2);
        assertThat(yarn.started).extracting(place -> place.node().host()).containsOnly("worker");
        assertThat(yarn.started).extracting(ExecutorPlace::memoryMib).containsOnly(1024);
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
        yarn.refusal = Optional.of(new Cause.LaunchFailed("worker:1", "connection refused"));
        start(1);
        await().until(() -> manager.released().contains(1L));
        yarn.refusal = Optional.empty();

        await().until(() -> heard.granted.size() == 1);
        assertThat(heard.granted.get(0).executor().number()).isGreaterThan(1);
        assertThat(heard.ended).isEmpty();
    }

    @Test
    void givesUpWhenNoExecutorEverStarts() {
        yarn.refusal = Optional.of(new Cause.LaunchFailed("worker:1", "connection refused"));
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
    void asksAgainAfterTheResourceManagerRestarted() {
        manager.grant(false);
        start(2);
        await().until(() -> manager.asked() == 2);
        manager.restart();

        await().until(() -> manager.registrations().size() == 2 && manager.asked() == 2);
        manager.grant(true);
        await().until(() -> yarn.started.size() == 2);
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

        await().until(() -> yarn.started.size() == 1);
        assertThat(manager.registrations()).hasSize(1);
        assertThat(yarn.tokens).containsExactly("worker:8041");
        manager.complete(101, 137, "");
        await().until(() -> yarn.started.size() == 2);
        assertThat(heard.ended).singleElement().isInstanceOf(Cause.ExecutorExited.class);
        assertThat(manager.released()).isEmpty();
    }

    @Test
    void tellsHowTheApplicationEndedAndNothingAfter() throws Exception {
        start(1);
        await().until(() -> heard.granted.size() == 1);
        cluster.progress(0.5f);
        await().until(() -> manager.progress() == 0.5f);

        assertThat(cluster.finish(FinalApplicationStatus.FAILED, "because")).isTrue();

        assertThat(manager.finished()).containsExactly("FAILED because");
        assertThat(manager.callsAfterEnd()).isZero();
        assertThat(heard.refused).isEmpty();
    }

    private void start(int executors) {
        cluster.ask(Demand.anywhere(executors));
        cluster.start(new ExecutorAddress("0.0.0.0", 4711), heard);
        cluster.ask(Demand.anywhere(executors));
    }

    private YarnCluster cluster(Duration deadline, int memoryMib) {
        ClusterTerms terms = new ClusterTerms(
                "master-host", 0, memoryMib, 1, 0, deadline, Duration.ofMillis(20), host -> "/default-rack");
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

    /** Starts nothing, and says so when told to. */
    private final class Yarn implements YarnAccess {
        private final List<ExecutorPlace> started = new CopyOnWriteArrayList<>();
        private final List<String> tokens = new CopyOnWriteArrayList<>();
        private volatile Optional<Cause> refusal = Optional.empty();

        @Override
        public ApplicationMasterProtocol resourceManager() throws IOException {
            return manager;
        }

        @Override
        public Launching nodeManagers(RegisterApplicationMasterResponse registration, int endpointPort) {
            return new Launching() {
                @Override
                public void tokens(List<NMToken> issued) {
                    issued.forEach(token -> tokens.add(token.getNodeId().toString()));
                }

                @Override
                public void start(
                        org.apache.hadoop.yarn.api.records.Container container, ExecutorPlace place, Outcome outcome) {
                    refusal.ifPresentOrElse(outcome::failed, () -> {
                        started.add(place);
                        outcome.started();
                    });
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public WaitingLine.Probing probe(String queue) {
            return new WaitingLine.Probing() {
                @Override
                public WaitingReasons.View view(Resource headroom, int nodes) {
                    return new WaitingReasons.View(headroom, nodes, OptionalLong.empty(), Optional.empty());
                }

                @Override
                public void close() {}
            };
        }
    }

    /** Remembers what the driver would hear. */
    private static final class Heard implements ClusterEvents {
        private final List<Container> granted = new CopyOnWriteArrayList<>();
        private final List<Cause> ended = new CopyOnWriteArrayList<>();
        private final List<Cause> refused = new CopyOnWriteArrayList<>();

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
        public void leaving(NodeId node) {}
    }
}
