package io.raddle.driver;

import io.raddle.endpoint.Link;
import io.raddle.id.AttemptId;
import io.raddle.id.StageId;
import io.raddle.proto.TaskResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What attempts brought, until the core accepts or discards it. Belongs to the driver's thread. */
final class Payloads {
    private final Link link;
    private final Map<AttemptId, TaskResult> waiting = new HashMap<>();

    Payloads(Link link) {
        this.link = link;
    }

    void put(AttemptId attempt, TaskResult result) {
        waiting.put(attempt, result);
    }

    Optional<TaskResult> take(AttemptId attempt) {
        return Optional.ofNullable(waiting.remove(attempt));
    }

    /** No attempt of this stage is of interest any more. */
    void forget(StageId stage) {
        List<AttemptId> rest = waiting.keySet().stream()
                .filter(attempt -> attempt.stage().equals(stage))
                .toList();
        rest.forEach(this::discard);
    }

    void discard(AttemptId attempt) {
        if (take(attempt).filter(TaskResult::hasPushedBytes).isPresent()) {
            link.dropResult(attempt);
        }
    }
}
