package io.raddle.endpoint;

import io.raddle.id.AttemptId;
import io.raddle.id.StageId;

/** Attempt ids as messages carry them. */
public final class Attempts {
    private Attempts() {}

    /** As a message field. */
    public static io.raddle.proto.AttemptId message(AttemptId id) {
        return io.raddle.proto.AttemptId.newBuilder()
                .setEpoch(id.epoch())
                .setStage(id.stage().number())
                .setPartition(id.partition())
                .setAttempt(id.attempt())
                .build();
    }

    /** From a message field. */
    public static AttemptId id(io.raddle.proto.AttemptId message) {
        return new AttemptId(
                message.getEpoch(), new StageId(message.getStage()), message.getPartition(), message.getAttempt());
    }
}
