package io.raddle.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.proto.CauseMessage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CauseCodecTest {
    static Stream<Cause> oneOfEachKind() {
        return Stream.of(
                new Cause.UserException("java.lang.IllegalStateException", "no", "at x"),
                new Cause.UserExit(3),
                new Cause.OutOfMemory("Java heap space", 1 << 30),
                new Cause.KilledForMemory(2L << 30, 3L << 30),
                new Cause.NodeLost("n1:1"),
                new Cause.DisksFailed("n1:1"),
                new Cause.Preempted("n1:1"),
                new Cause.FetchFailed(1, 2, List.of(3, 4), "n1:1", "refused"),
                new Cause.BlockLost(5, 6, "it was evicted", List.of(1, 2)),
                new Cause.LaunchFailed("n1:1", "no java"),
                new Cause.ExecutorExited("n1:1", 137, "killed"),
                new Cause.Unreachable("n1:1", "refused"),
                new Cause.DriverLost("gone"),
                new Cause.CommitDenied("attempt 2 has it"),
                new Cause.CommitInDoubt("attempt 2 vanished"),
                new Cause.Cancelled("alice"),
                new Cause.InvalidInput("No such file.", "Name one."),
                new Cause.ClusterRefused("No such queue.", "Name one."),
                new Cause.LimitExceeded("Too much.", "raddle.x"),
                new Cause.NotSerializable("com.x.Db", "this.db"),
                new Cause.TaskFailed(1, 2, 4, new Cause.UserExit(3)),
                new Cause.ResultsDiffer(3, "shuffle 2 was lost."),
                new Cause.InternalError("oops", "at y"));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void everyCauseSurvivesTheWire(Cause cause) throws InvalidProtocolBufferException {
        CauseMessage received = CauseMessage.parseFrom(CauseCodec.encode(cause).toByteArray());

        assertThat(CauseCodec.decode(received)).isEqualTo(cause);
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void everyCauseSpeaksInWholeSentences(Cause cause) {
        assertThat(cause.happened()).endsWith(".").doesNotContain("\n");
        assertThat(cause.remedy()).endsWith(".").doesNotContain("\n");
    }

    @Test
    void noKindIsForgotten() {
        assertThat(oneOfEachKind().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Cause.class.getPermittedSubclasses()));
    }

    @Test
    void aKindFromANewerWriterKeepsItsSentence() {
        CauseMessage unknown =
                CauseMessage.newBuilder().setHappened("The moon fell.").build();

        assertThat(CauseCodec.decode(unknown).happened()).contains("The moon fell.");
    }
}
