package io.raddle.schedule;

import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Lifecycles.ExecutorState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One executor as far as the core knows: where it is, what is on its way there, whose outputs it wrote. */
final class Executor {
    private static final long NEVER_ATTACHED = -1;

    final ExecutorId id;
    final Life<ExecutorState> life;
    /** Stages of which a map output was written here, maybe long lost. */
    final Set<Stage> wroteFor = new LinkedHashSet<>();
    /** In launch order, so that the first ones, one per slot, are those that run. */
    private final Map<AttemptId, Attempt> underWay = new LinkedHashMap<>();
    /** What ran when it fell silent: to blame when the silence turns out to be an end by its own fault. */
    private final List<Attempt> suspects = new ArrayList<>();

    private NodeId node;
    private String rack = "";
    private int slots;
    private long incarnation = NEVER_ATTACHED;
    private OutputLife outputLife = OutputLife.WITH_EXECUTOR;
    private boolean draining;
    private long idleSince;
    private int kept;

    Executor(ExecutorId id, NodeId node, long now) {
        this.id = id;
        this.node = node;
        idleSince = now;
        life = new Life<>(Lifecycles.EXECUTOR, id, ExecutorState.ALLOCATED);
    }

    void attached(Event.ExecutorAttached event) {
        node = event.node();
        rack = event.rack();
        slots = event.slots();
        incarnation = event.incarnation();
        outputLife = event.outputLife();
        suspects.clear();
    }

    /** It holds so many blocks more, or fewer; {@link BlockIndex} counts. */
    void keeps(int more) {
        kept += more;
    }

    /** How many blocks it is known to hold. */
    int kept() {
        return kept;
    }

    boolean hasAttached() {
        return incarnation != NEVER_ATTACHED;
    }

    NodeId node() {
        return node;
    }

    String rack() {
        return rack;
    }

    int slots() {
        return slots;
    }

    long incarnation() {
        return incarnation;
    }

    boolean losesOutputs() {
        return outputLife == OutputLife.WITH_EXECUTOR;
    }

    boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    /** Whether it may be given tasks. */
    boolean takesTasks() {
        return life.is(ExecutorState.ATTACHED);
    }

    /** Whether what it says is true now: attached, if only to drain. */
    boolean isHeard() {
        return life.is(ExecutorState.ATTACHED) || life.is(ExecutorState.DRAINING);
    }

    int underWay() {
        return underWay.size();
    }

    int freeSlots() {
        return Math.max(0, slots - underWay.size());
    }

    int queued() {
        return Math.max(0, underWay.size() - slots);
    }

    void add(Attempt attempt) {
        underWay.put(attempt.id, attempt);
        if (underWay.size() <= slots) {
            attempt.begin(attempt.launchedNanos);
        }
    }

    void remove(Attempt attempt, long now) {
        underWay.remove(attempt.id);
        if (underWay.isEmpty()) {
            idleSince = now;
        } else if (underWay.size() >= slots) {
            beginNext(now);
        }
    }

    private void beginNext(long now) {
        int slot = 0;
        for (Attempt attempt : underWay.values()) {
            if (slot++ == slots) {
                return;
            }
            if (!attempt.hasBegun()) {
                attempt.begin(now);
            }
        }
    }

    List<Attempt> attempts() {
        return new ArrayList<>(underWay.values());
    }

    /** Those that run, as far as the core can know: one per slot in launch order. */
    List<Attempt> running() {
        return underWay.values().stream().limit(slots).toList();
    }

    boolean isIdle() {
        return underWay.isEmpty();
    }

    long idleSince() {
        return idleSince;
    }

    /** Its end, should it come now, may be the doing of this attempt. */
    void suspect(Attempt attempt) {
        suspects.add(attempt);
    }

    /** An attempt that ended before its executor did cannot have ended it. */
    void acquit(AttemptId attempt) {
        suspects.removeIf(suspect -> suspect.id.equals(attempt));
    }

    List<Attempt> suspects() {
        return suspects;
    }

    @Override
    public String toString() {
        return id + " on " + node;
    }
}
