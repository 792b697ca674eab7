package io.raddle.yarn.master;

import io.raddle.cluster.Demand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceBlacklistRequest;
import org.apache.hadoop.yarn.api.records.ResourceRequest;

/**
 * Decides what to ask of the ResourceManager: given the demand and its responses, the next requests. Requests are
 * absolute numbers per place, of which the ResourceManager counts down what it grants; this keeps the same count and
 * sends only what differs. One thread; no I/O, no clock.
 */
final class Allocation {
    private static final Priority PRIORITY = Priority.newInstance(1);

    /** So many hosts are named in requests at most; beyond, the whole cluster holds the input anyway. */
    private static final int MAX_HOSTS = 200;

    /** The number that the ResourceManager holds for a place may be anything: it is sent again. */
    private static final int UNKNOWN = -1;

    private final Resource shape;
    private final UnaryOperator<String> rackOf;
    private final Map<ContainerId, Container> held = new LinkedHashMap<>();
    private final Map<ContainerId, Container> leaving = new LinkedHashMap<>();
    private final Map<String, Integer> asked = new TreeMap<>();
    private final TreeSet<ContainerId> releases = new TreeSet<>();
    private final TreeSet<String> avoided = new TreeSet<>();
    private final TreeSet<String> avoidedAsTold = new TreeSet<>();
    private Demand demand = Demand.anywhere(0);

    /** Executors of this shape; {@code rackOf} names the rack of a host. */
    Allocation(Resource shape, UnaryOperator<String> rackOf) {
        this.shape = shape;
        this.rackOf = rackOf;
    }

    /** What is wanted from now on, containers that are held included. */
    void want(Demand wanted) {
        demand = wanted;
    }

    /** A container that the driver wants no more needs no other in its place; what it wants now is on its way here. */
    void wantOneLess() {
        demand = new Demand(Math.max(0, demand.executors() - 1), demand.tasksByHost());
    }

    /** Gives a container back with the next request; it counts no more, and its end is still told. */
    void release(ContainerId id) {
        Container container = held.remove(id);
        if (container != null) {
            leaving.put(id, container);
            releases.add(id);
        }
    }

    /** Counts a container that an earlier attempt of the application left. */
    void hold(Container container) {
        held.put(container.getId(), container);
    }

    /** Asks for no further container on this host. */
    void avoid(String host) {
        avoided.add(host);
    }

    /** Avoids no host any more: too few are left to get what is wanted. */
    void pardonAll() {
        avoided.clear();
    }

    boolean avoidsAny() {
        return !avoided.isEmpty();
    }

    /** How many containers are owed. */
    int missing() {
        return Math.max(0, demand.executors() - held.size());
    }

    /** The ResourceManager restarted and knows nothing of what was asked before. */
    void forgetWhatWasAsked() {
        asked.clear();
        avoidedAsTold.clear();
        releases.addAll(leaving.keySet());
    }

    /** What the next call to the ResourceManager carries; held to be told when the call succeeds. */
    Ask next() {
        Map<String, Integer> wanted = wantedByPlace();
        List<ResourceRequest> requests = new ArrayList<>();
        TreeSet<String> places = new TreeSet<>(asked.keySet());
        places.addAll(wanted.keySet());
        for (String place : places) {
            int number = wanted.getOrDefault(place, 0);
            if (asked.getOrDefault(place, 0) != number) {
                requests.add(ResourceRequest.newInstance(PRIORITY, place, shape, number, true));
            }
        }
        TreeSet<String> newlyAvoided = new TreeSet<>(avoided);
        newlyAvoided.removeAll(avoidedAsTold);
        TreeSet<String> pardoned = new TreeSet<>(avoidedAsTold);
        pardoned.removeAll(avoided);
        return new Ask(
                requests,
                List.copyOf(releases),
                ResourceBlacklistRequest.newInstance(List.copyOf(newlyAvoided), List.copyOf(pardoned)));
    }

    /** Takes in the answer to {@code ask}. A container beyond the demand goes back at once and is never told of. */
    Answer take(Ask ask, AllocateResponse response) {
        told(ask);
        List<Container> granted = new ArrayList<>();
        for (Container container : response.getAllocatedContainers()) {
            countDown(container);
            if (missing() > 0) {
                held.put(container.getId(), container);
                granted.add(container);
            } else {
                releases.add(container.getId());
            }
        }
        List<Ended> ended = new ArrayList<>();
        List<ContainerStatus> unknown = new ArrayList<>();
        for (ContainerStatus status : response.getCompletedContainersStatuses()) {
            ContainerId id = status.getContainerId();
            Container container = held.containsKey(id) ? held.remove(id) : leaving.remove(id);
            if (container != null) {
                ended.add(new Ended(container, status));
            } else {
                unknown.add(status);
            }
        }
        return new Answer(granted, ended, unknown);
    }

    private void told(Ask ask) {
        for (ResourceRequest request : ask.requests()) {
            if (request.getNumContainers() == 0) {
                asked.remove(request.getResourceName());
            } else {
                asked.put(request.getResourceName(), request.getNumContainers());
            }
        }
        ask.releases().forEach(releases::remove);
        avoidedAsTold.addAll(ask.avoidance().getBlacklistAdditions());
        ask.avoidance().getBlacklistRemovals().forEach(avoidedAsTold::remove);
    }

    /** Anywhere counts each grant; a host or rack counts it only when it was granted for its sake, which nobody says. */
    private void countDown(Container container) {
        asked.computeIfPresent(ResourceRequest.ANY, (any, number) -> number <= 1 ? null : number - 1);
        String host = container.getNodeId().getHost();
        asked.computeIfPresent(host, (place, number) -> UNKNOWN);
        asked.computeIfPresent(rackOf.apply(host), (place, number) -> UNKNOWN);
    }

    private Map<String, Integer> wantedByPlace() {
        int missing = missing();
        Map<String, Integer> wanted = new TreeMap<>();
        if (missing == 0) {
            return wanted;
        }
        wanted.put(ResourceRequest.ANY, missing);
        int tasks = demand.tasksByHost().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        demand.tasksByHost().entrySet().stream()
                .filter(host -> host.getValue() > 0 && !avoided.contains(host.getKey()))
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MAX_HOSTS)
                .forEach(host -> {
                    int share = Math.toIntExact(-Math.floorDiv(-(long) demand.executors() * host.getValue(), tasks));
                    int more = Math.min(missing, share - heldOn(host.getKey()));
                    if (more > 0) {
                        wanted.put(host.getKey(), more);
                        wanted.merge(rackOf.apply(host.getKey()), more, Integer::sum);
                    }
                });
        return wanted;
    }

    private int heldOn(String host) {
        return (int) held.values().stream()
                .filter(container -> container.getNodeId().getHost().equals(host))
                .count();
    }

    /** What one call to the ResourceManager carries. */
    record Ask(List<ResourceRequest> requests, List<ContainerId> releases, ResourceBlacklistRequest avoidance) {}

    /** What one answer brought: containers to start executors in, and containers that are over. */
    record Answer(List<Container> granted, List<Ended> ended, List<ContainerStatus> unknown) {}

    /** A container that was held and is over. */
    record Ended(Container container, ContainerStatus status) {}
}
