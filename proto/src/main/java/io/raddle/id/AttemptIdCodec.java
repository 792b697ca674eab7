package io.raddle.id;

/** Carries an {@link AttemptId} over the wire. */
public final class AttemptIdCodec {
    private AttemptIdCodec() {}

    /** The message of an id. */
    public static io.raddle.proto.AttemptId encode(AttemptId id) {
        return io.raddle.proto.AttemptId.newBuilder()
                .setEpoch(id.epoch())
                .setStage(id.stage().number())
                .setPartition(id.partition())
                .setAttempt(id.attempt())
                .build();
    }

    /** The id in a message. */
    public static AttemptId decode(io.raddle.proto.AttemptId message) {
        return new AttemptId(
                message.getEpoch(), new StageId(message.getStage()), message.getPartition(), message.getAttempt());
    }
}
