package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.JobId;
import io.raddle.plan.JobRun.PartitionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningJobTest {
    private static final ByteString VALUE = ByteString.copyFromUtf8("value");

    private int releases;
    private final List<Cause> cancelled = new ArrayList<>();
    private final RunningJob job =
            new RunningJob(new JobId(1), List.of(4), 10, (id, cause) -> cancelled.add(cause), () -> releases++);

    @Test
    void handsValuesOverInTheOrderThatTheyCameAndThenEnds() {
        job.accept(3, 5, () -> VALUE);
        job.accept(1, 5, () -> VALUE);
        job.ended(Optional.empty());

        assertThat(job.next()).contains(new PartitionValue(3, VALUE));
        assertThat(job.next()).contains(new PartitionValue(1, VALUE));
        assertThat(job.next()).isEmpty();
        assertThat(job.next()).isEmpty();
        job.close();
        assertThat(cancelled).isEmpty();
        assertThat(releases).isOne();
    }

    @Test
    void refusesTheValueThatIsTooMuch() {
        assertThat(job.accept(0, 10, () -> VALUE)).isEmpty();

        assertThat(job.accept(1, 1, () -> VALUE)).get().isInstanceOf(Cause.LimitExceeded.class);
    }

    @Test
    void failsForTheRefusedValueAlsoWhenTheCoreHadAllByThen() {
        Cause refused = job.accept(0, 11, () -> VALUE).orElseThrow();
        job.ended(Optional.empty());

        assertThatThrownBy(job::next)
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isEqualTo(refused));
    }

    @Test
    void throwsWhyItEnded() {
        job.ended(Optional.of(new Cause.Cancelled("alice")));

        assertThatThrownBy(job::next)
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isEqualTo(new Cause.Cancelled("alice")));
    }

    @Test
    void showsTheStackOfTheLastAttemptAsItsOrigin() {
        Cause thrown = new Cause.UserException("java.lang.Error", "no", "java.lang.Error: no\n\tat com.example.User");
        job.ended(Optional.of(new Cause.TaskFailed(1, 2, 4, thrown)));

        assertThatThrownBy(job::next).rootCause().asString().contains("at com.example.User");
    }

    @Test
    void cancelsTheJobWhenItIsLeftBeforeItsEnd() {
        job.accept(0, 1, () -> VALUE);
        job.next();

        job.close();
        job.close();

        assertThat(cancelled).containsExactly(new Cause.Cancelled("the program"));
        assertThat(releases).isOne();
    }

    @Test
    void cancelsTheJobWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(job::next).isInstanceOf(RaddleException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(cancelled).hasSize(1);
    }
}
