package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.yarn.launch.ExitCauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;

/**
 * The executors that live in granted containers: their numbers, whether each has attached by its deadline, and why one
 * is gone. One thread; takes the time as an argument.
 */
final class Fleet {
    private final Map<ContainerId, Member> members = new LinkedHashMap<>();
    private final Map<ContainerId, Cause> foretold = new LinkedHashMap<>();
    private final UnaryOperator<String> rackOf;
    private final long deadlineNanos;
    private int lastNumber;

    /** Numbers executors after {@code lastNumber}; each attaches within the deadline or counts as failed. */
    Fleet(UnaryOperator<String> rackOf, Duration deadline, int lastNumber) {
        this.rackOf = rackOf;
        this.deadlineNanos = deadline.toNanos();
        this.lastNumber = lastNumber;
    }

    /** A new executor for a granted container. */
    Member granted(Container container, long now) {
        NodeId node = new NodeId(
                container.getNodeId().getHost(), container.getNodeId().getPort());
        Member member = new Member(
                new ExecutorId(++lastNumber), container, node, rackOf.apply(node.host()), now, Stage.GRANTED);
        members.put(container.getId(), member);
        return member;
    }

    /** The member in a container, while it lives. */
    Optional<Member> find(String container) {
        return members.values().stream()
                .filter(member -> member.name().equals(container))
                .findFirst();
    }

    /** The member in a container, when it lives, of which the driver hears now. */
    Optional<Member> told(String container) {
        return find(container).map(member -> {
            Member told = member.stage() == Stage.GRANTED ? member.at(Stage.TOLD) : member;
            members.put(told.container().getId(), told);
            return told;
        });
    }

    /** Which containers have an attached executor; answers those that were not known to have. */
    List<Member> attached(Set<String> containers) {
        List<Member> fresh = new ArrayList<>();
        members.replaceAll((id, member) -> {
            if (member.stage() == Stage.ATTACHED || !containers.contains(member.name())) {
                return member;
            }
            fresh.add(member);
            return member.at(Stage.ATTACHED);
        });
        return fresh;
    }

    /** Members whose executor should have attached by now and whose end is not foretold yet. */
    List<Member> overdue(long now) {
        return members.values().stream()
                .filter(member -> member.stage() != Stage.ATTACHED && now - member.since() >= deadlineNanos)
                .filter(member -> !foretold.containsKey(member.container().getId()))
                .toList();
    }

    /** Remembers why a container will be over, for the exit status will say only that it was given back. */
    void foretell(Member member, Cause cause) {
        foretold.putIfAbsent(member.container().getId(), cause);
    }

    /** A container is over: who was in it, and why, by what was foretold or else by what YARN says. */
    Optional<Loss> ended(Allocation.Ended ended) {
        Member member = members.remove(ended.container().getId());
        if (member == null) {
            return Optional.empty();
        }
        Cause said = foretold.remove(ended.container().getId());
        return Optional.of(new Loss(member, said != null ? said : causeOf(member, ended)));
    }

    private static Cause causeOf(Member member, Allocation.Ended ended) {
        Cause cause = ExitCauses.of(
                ended.status().getExitStatus(), ended.status().getDiagnostics(), member.node(), member.memoryBytes());
        return cause instanceof Cause.ExecutorExited exited && member.stage() != Stage.ATTACHED
                ? exited.beforeItAttached()
                : cause;
    }

    /** An executor that is gone. */
    record Loss(Member member, Cause cause) {}

    /** How far an executor has come. */
    enum Stage {
        /** There is a container; whether its node starts the executor is not known. */
        GRANTED,
        /** It is being started, and the driver knows. */
        TOLD,
        /** It has attached to the driver. */
        ATTACHED
    }

    /** An executor in its container. */
    record Member(ExecutorId executor, Container container, NodeId node, String rack, long since, Stage stage) {
        String name() {
            return container.getId().toString();
        }

        long memoryBytes() {
            return container.getResource().getMemorySize() << 20;
        }

        Member at(Stage reached) {
            return new Member(executor, container, node, rack, since, reached);
        }
    }
}
