package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.cluster.Demand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final Resource SHAPE = Resource.newInstance(1024, 1);

    private final Allocation allocation = new Allocation(SHAPE, host -> "/rack-of-" + host.charAt(0));

    @Test
    void asksForAllThatIsWanted() {
        allocation.want(Demand.anywhere(3));

        assertThat(requests(allocation.next())).containsExactly(Map.entry("*", 3));
    }

    @Test
    void asksForNothingTwice() {
        allocation.want(Demand.anywhere(3));
        allocation.take(allocation.next(), Responses.empty());

        assertThat(requests(allocation.next())).isEmpty();
    }

    @Test
    void asksAgainWhenTheCallFailed() {
        allocation.want(Demand.anywhere(3));
        allocation.next();

        assertThat(requests(allocation.next())).containsExactly(Map.entry("*", 3));
    }

    @Test
    void countsGrantsAsTheResourceManagerDoes() {
        allocation.want(Demand.anywhere(3));

        var answer = allocation.take(allocation.next(), granted(1, 2));

        assertThat(answer.granted()).hasSize(2);
        assertThat(allocation.missing()).isEqualTo(1);
        assertThat(requests(allocation.next())).isEmpty();
    }

    @Test
    void takesBackARequestThatIsNotWantedAnyMore() {
        allocation.want(Demand.anywhere(3));
        allocation.take(allocation.next(), granted(1));
        allocation.want(Demand.anywhere(1));

        assertThat(requests(allocation.next())).containsExactly(Map.entry("*", 0));
    }

    @Test
    void givesASurplusBackUntold() {
        allocation.want(Demand.anywhere(1));

        var answer = allocation.take(allocation.next(), granted(1, 2));

        assertThat(answer.granted()).extracting(Container::getId).containsExactly(Responses.id(1));
        assertThat(allocation.next().releases()).containsExactly(Responses.id(2));
        var after = allocation.take(allocation.next(), completed(2));
        assertThat(after.ended()).isEmpty();
    }

    @Test
    void replacesAContainerThatEnded() {
        allocation.want(Demand.anywhere(1));
        allocation.take(allocation.next(), granted(1));

        var answer = allocation.take(allocation.next(), completed(1));

        assertThat(answer.ended())
                .singleElement()
                .satisfies(ended -> assertThat(ended.container().getId()).isEqualTo(Responses.id(1)));
        assertThat(requests(allocation.next())).containsExactly(Map.entry("*", 1));
    }

    @Test
    void replacesAReleasedContainerAtOnceAndStillTellsItsEnd() {
        allocation.want(Demand.anywhere(1));
        allocation.take(allocation.next(), granted(1));
        allocation.release(Responses.id(1));

        Allocation.Ask ask = allocation.next();
        assertThat(ask.releases()).containsExactly(Responses.id(1));
        assertThat(requests(ask)).containsExactly(Map.entry("*", 1));
        assertThat(allocation.take(ask, completed(1)).ended()).hasSize(1);
        assertThat(allocation.next().releases()).isEmpty();
    }

    @Test
    void replacesNoContainerThatTheDriverWantsNoMore() {
        allocation.want(Demand.anywhere(2));
        allocation.take(allocation.next(), granted(1, 2));
        allocation.release(Responses.id(1));
        allocation.wantOneLess();

        assertThat(requests(allocation.next())).isEmpty();
        assertThat(allocation.missing()).isZero();
    }

    @Test
    void hearsOfAnEndOnce() {
        allocation.want(Demand.anywhere(1));
        allocation.take(allocation.next(), granted(1));
        allocation.take(allocation.next(), completed(1));

        assertThat(allocation.take(allocation.next(), completed(1)).ended()).isEmpty();
    }

    @Test
    void asksForHostsAndRacksInProportionToTheTasksThere() {
        allocation.want(demand(4, Map.of("a1", 30, "a2", 10, "b1", 0)));

        assertThat(requests(allocation.next()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("*", 4, "a1", 3, "a2", 1, "/rack-of-a", 4));
    }

    @Test
    void letsTheResourceManagerRelaxEveryPlace() {
        allocation.want(demand(2, Map.of("a1", 1)));

        assertThat(allocation.next().requests()).allSatisfy(request -> {
            assertThat(request.getRelaxLocality()).isTrue();
            assertThat(request.getCapability()).isEqualTo(SHAPE);
        });
    }

    @Test
    void saysAgainWhatItWantsOfAPlaceThatAGrantTouched() {
        allocation.want(demand(3, Map.of("a1", 1, "b1", 1)));
        allocation.take(allocation.next(), Responses.granting(Responses.container(1, "a1")));

        assertThat(requests(allocation.next()))
                .containsOnlyKeys("a1", "/rack-of-a")
                .containsEntry("a1", 1);
    }

    @Test
    void takesBackPlacesThatNoTaskPrefersAnyMore() {
        allocation.want(demand(2, Map.of("a1", 1)));
        allocation.take(allocation.next(), Responses.empty());
        allocation.want(demand(2, Map.of("b1", 1)));

        assertThat(requests(allocation.next()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a1", 0, "/rack-of-a", 0, "b1", 2, "/rack-of-b", 2));
    }

    @Test
    void saysEverythingAgainToAResourceManagerThatRestarted() {
        allocation.want(Demand.anywhere(3));
        allocation.take(allocation.next(), granted(1, 2));
        allocation.avoid("bad");
        allocation.release(Responses.id(2));
        allocation.take(allocation.next(), Responses.empty());
        allocation.forgetWhatWasAsked();

        Allocation.Ask ask = allocation.next();

        assertThat(requests(ask)).containsExactly(Map.entry("*", 2));
        assertThat(ask.releases()).containsExactly(Responses.id(2));
        assertThat(ask.avoidance().getBlacklistAdditions()).containsExactly("bad");
    }

    @Test
    void avoidsAHostAndSaysSoOnce() {
        allocation.want(demand(1, Map.of("bad", 1)));
        allocation.avoid("bad");

        Allocation.Ask ask = allocation.next();

        assertThat(ask.avoidance().getBlacklistAdditions()).containsExactly("bad");
        assertThat(requests(ask)).containsExactly(Map.entry("*", 1));
        allocation.take(ask, Responses.empty());
        assertThat(allocation.next().avoidance().getBlacklistAdditions()).isEmpty();
    }

    @Test
    void pardonsHostsWhenTooFewAreLeft() {
        allocation.avoid("bad");
        allocation.take(allocation.next(), Responses.empty());
        allocation.pardonAll();

        Allocation.Ask ask = allocation.next();

        assertThat(ask.avoidance().getBlacklistRemovals()).containsExactly("bad");
        allocation.take(ask, Responses.empty());
        assertThat(allocation.next().avoidance().getBlacklistRemovals()).isEmpty();
    }

    private static Demand demand(int executors, Map<String, Integer> tasks) {
        return new Demand(executors, new TreeMap<>(tasks));
    }

    private static AllocateResponse granted(int... numbers) {
        Container[] containers = new Container[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            containers[i] = Responses.container(numbers[i], "c" + numbers[i]);
        }
        return Responses.granting(containers);
    }

    private static AllocateResponse completed(int number) {
        return Responses.completing(List.of(Responses.status(number, -100, "")));
    }

    private static Map<String, Integer> requests(Allocation.Ask ask) {
        return ask.requests().stream()
                .collect(Collectors.toMap(ResourceRequest::getResourceName, ResourceRequest::getNumContainers));
    }
}
