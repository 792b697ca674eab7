package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.cluster.Container;
import io.raddle.cluster.Demand;
import io.raddle.cluster.EmptyCluster;
import io.raddle.endpoint.Attachment;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.proto.Hello;
import io.raddle.proto.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WishesTest {
    private final Asked cluster = new Asked();
    private final Roster roster = new Roster(new RecordedLink(), Duration.ofSeconds(10));
    private final Wishes wishes = new Wishes(cluster, roster);

    @Test
    void saysNothingBeforeTheCoreHas() {
        granted(1);

        wishes.tell();

        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void asksForATotalThatStaysWhenWhatIsMissingComes() {
        miss(2);
        wishes.tell();
        granted(1);
        miss(1);
        wishes.tell();
        granted(2);
        miss(0);
        wishes.tell();

        assertThat(cluster.totals()).containsExactly(2);
    }

    @Test
    void asksForNoMoreWhenOneThatDrainedHasEnded() {
        granted(1);
        granted(2);
        miss(1);
        wishes.tell();
        granted(3);
        miss(0);
        wishes.tell();

        roster.remove(new ExecutorId(2));
        wishes.tell();

        assertThat(cluster.totals()).containsExactly(3, 2);
    }

    @Test
    void asksAnewForOneInThePlaceOfOneThatEnded() {
        granted(1);
        miss(0);
        wishes.tell();

        roster.remove(new ExecutorId(1));
        wishes.ended();
        miss(1);
        wishes.tell();

        assertThat(cluster.totals()).containsExactly(1, 1);
    }

    @Test
    void asksForNoMoreWhenAnExecutorOfAnEarlierDriverBeginsToAttach() {
        miss(2);
        wishes.tell();
        Conversation earlier = roster.of(new ExecutorId(1));
        earlier.attached(
                new Attachment(earlier.executor(), 1, 1),
                Hello.newBuilder().setContainer("c1").build(),
                0);
        wishes.tell();
        earlier.welcome(Welcome.getDefaultInstance());
        miss(1);
        wishes.tell();

        assertThat(cluster.totals()).containsExactly(2);
    }

    @Test
    void saysAnewBesideWhichInputTheyAreWanted() {
        wishes.miss(1, new TreeMap<>());
        wishes.tell();
        TreeMap<String, Integer> hosts = new TreeMap<>();
        hosts.put("node-1", 4);
        wishes.miss(1, hosts);
        wishes.tell();

        assertThat(cluster.asked).containsExactly(Demand.anywhere(1), new Demand(1, hosts));
    }

    private void granted(int number) {
        ExecutorId executor = new ExecutorId(number);
        roster.of(executor).granted(new Container("c" + number, executor, new NodeId("node-1", 1), "/rack", 1));
    }

    private void miss(int containers) {
        wishes.miss(containers, new TreeMap<>());
    }

    private static final class Asked implements EmptyCluster {
        private final List<Demand> asked = new ArrayList<>();

        List<Integer> totals() {
            return asked.stream().map(Demand::executors).toList();
        }

        @Override
        public void ask(Demand demand) {
            asked.add(demand);
        }
    }
}
