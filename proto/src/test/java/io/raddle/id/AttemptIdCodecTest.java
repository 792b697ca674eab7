package io.raddle.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.Test;

class AttemptIdCodecTest {
    @Test
    void everyPartOfAnIdSurvivesTheWire() throws InvalidProtocolBufferException {
        AttemptId id = new AttemptId(1, new StageId(2), 3, 4);

        byte[] sent = AttemptIdCodec.encode(id).toByteArray();

        assertThat(AttemptIdCodec.decode(io.raddle.proto.AttemptId.parseFrom(sent)))
                .isEqualTo(id);
    }
}
