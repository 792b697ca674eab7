package io.raddle.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.Container;
import io.raddle.cluster.Demand;
import io.raddle.cluster.ExecutorAddress;
import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.proto.DriverUp;
import io.raddle.proto.DriverWelcome;
import io.raddle.proto.NodeDeparture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayedClusterTest {
    private static final Container FIRST = container(1);
    private static final Container SECOND = container(2);

    private final List<DriverUp> said = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final ContainerBook master = new ContainerBook();
    private final RelayedCluster cluster = new RelayedCluster(message -> said.add(message.build()));

    @BeforeEach
    void start() {
        cluster.start(new ExecutorAddress("", 0), new Heard());
    }

    @Test
    void hearsOfEachContainerOnceThoughItIsToldTwice() {
        cluster.granted(master.granted(FIRST));

        cluster.welcomed(welcome(1));

        assertThat(heard).containsExactly("granted " + FIRST);
    }

    @Test
    void hearsWhatItMissedWhileItWasAway() {
        cluster.granted(master.granted(FIRST));
        cluster.welcomed(welcome(1));
        heard.clear();
        master.ended(FIRST.id(), new Cause.Preempted("node"));
        master.granted(SECOND);

        cluster.welcomed(welcome(1));

        assertThat(heard).containsExactly("ended " + FIRST.id() + " Preempted", "granted " + SECOND);
    }

    @Test
    void takesAContainerForLostThatItsMasterDoesNotKnowAnyMore() {
        cluster.welcomed(welcome(1));
        cluster.granted(new ContainerBook().granted(FIRST));

        cluster.welcomed(welcome(1));

        assertThat(heard).containsExactly("granted " + FIRST, "ended " + FIRST.id() + " NodeLost");
    }

    @Test
    void keepsTheContainersOfAnEarlierAttemptOfTheMaster() {
        cluster.welcomed(welcome(1));
        cluster.granted(new ContainerBook().granted(FIRST));

        cluster.welcomed(welcome(2));

        assertThat(heard).containsExactly("granted " + FIRST);
    }

    @Test
    void hearsWhichNodesLeaveAndWhichAreGone() {
        cluster.departing(
                NodeDeparture.newBuilder().setHost("node").setNodePort(1).build());
        cluster.departing(NodeDeparture.newBuilder()
                .setHost("node")
                .setNodePort(1)
                .setGone(true)
                .build());

        assertThat(heard).containsExactly("leaving node:1", "lost node:1");
    }

    @Test
    void saysAgainWhatItWantsAndWhatGoesBack() {
        cluster.ask(Demand.anywhere(3));
        cluster.release(FIRST.id());
        cluster.release(SECOND.id());
        master.ended(SECOND.id(), new Cause.Cancelled("us"));
        said.clear();

        cluster.welcomed(welcome(1));

        assertThat(said).hasSize(2);
        assertThat(said.get(0).getDemand().getExecutors()).isEqualTo(3);
        assertThat(said.get(1).getRelease().getContainer()).isEqualTo(FIRST.id());
    }

    private DriverWelcome welcome(int attempt) {
        DriverWelcome.Builder welcome = DriverWelcome.newBuilder().setAttempt(attempt);
        master.tell(welcome);
        return welcome.build();
    }

    private static Container container(int number) {
        return new Container("container_" + number, new ExecutorId(number), new NodeId("node", 1), "/rack", 2);
    }

    private final class Heard implements ClusterEvents {
        @Override
        public void granted(Container container) {
            heard.add("granted " + container);
        }

        @Override
        public void ended(String container, Cause cause) {
            heard.add("ended " + container + " " + cause.getClass().getSimpleName());
        }

        @Override
        public void refused(Cause cause) {
            heard.add("refused");
        }

        @Override
        public void leaving(NodeId node) {
            heard.add("leaving " + node);
        }

        @Override
        public void lost(NodeId node) {
            heard.add("lost " + node);
        }
    }
}
