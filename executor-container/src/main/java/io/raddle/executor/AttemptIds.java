package io.raddle.executor;

import io.raddle.id.AttemptId;
import io.raddle.id.StageId;

/** Attempt ids as messages carry them. */
final class AttemptIds {
    private AttemptIds() {}

    static AttemptId of(io.raddle.proto.AttemptId message) {
        return new AttemptId(
                message.getEpoch(), new StageId(message.getStage()), message.getPartition(), message.getAttempt());
    }
}
