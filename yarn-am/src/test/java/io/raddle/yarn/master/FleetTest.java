package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.Container;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final long SECOND = 1_000_000_000;

    private final Fleet fleet = new Fleet(host -> "/rack", Duration.ofSeconds(60), 0);

    @Test
    void numbersExecutorsFromOneAndNeverTwice() {
        Container first = Responses.container(1, "a");
        assertThat(fleet.granted(first, 0).executor()).isEqualTo(new ExecutorId(1));
        fleet.ended(new Allocation.Ended(first, Responses.status(1, 0, "")));

        assertThat(fleet.granted(Responses.container(2, "a"), 0).executor()).isEqualTo(new ExecutorId(2));
    }

    @Test
    void knowsWhereAnExecutorRuns() {
        Fleet.Member member = fleet.granted(Responses.container(1, "a"), 0);

        assertThat(member.node()).isEqualTo(new NodeId("a", 8041));
        assertThat(fleet.find(member.name())).contains(member);
    }

    @Test
    void callsAnExecutorOverdueOnceItsDeadlineIsOver() {
        Fleet.Member member = fleet.granted(Responses.container(1, "a"), 0);

        assertThat(fleet.overdue(59 * SECOND)).isEmpty();
        assertThat(fleet.overdue(60 * SECOND)).containsExactly(member);
    }

    @Test
    void neverCallsAnAttachedExecutorOverdue() {
        Fleet.Member member = fleet.granted(Responses.container(1, "a"), 0);

        assertThat(fleet.attached(Set.of(member.name(), "another"))).containsExactly(member);
        assertThat(fleet.attached(Set.of(member.name()))).isEmpty();
        assertThat(fleet.overdue(1000 * SECOND)).isEmpty();
    }

    @Test
    void believesWhatWasForetoldMoreThanTheExitStatus() {
        Fleet.Member member = fleet.granted(Responses.container(1, "a"), 0);
        Cause cause = new Cause.LaunchFailed("a:8041", "the NodeManager does not answer");
        fleet.foretell(member, cause);

        assertThat(fleet.overdue(1000 * SECOND)).isEmpty();
        assertThat(fleet.ended(new Allocation.Ended(member.container(), Responses.status(1, -100, ""))))
                .hasValueSatisfying(loss -> assertThat(loss.cause()).isEqualTo(cause));
    }

    @Test
    void callsTheEndOfAnExecutorThatNeverAttachedAFailedLaunch() {
        Fleet.Member member = fleet.granted(Responses.container(1, "a"), 0);

        assertThat(fleet.ended(new Allocation.Ended(member.container(), Responses.status(1, 3, "no libc"))))
                .hasValueSatisfying(loss ->
                        assertThat(loss.cause()).isEqualTo(new Cause.LaunchFailed("a:8041", "exit code 3. no libc")));
    }

    @Test
    void callsTheEndOfAnAttachedExecutorWhatItIs() {
        Fleet.Member member = fleet.granted(Responses.container(1, "a"), 0);
        fleet.attached(Set.of(member.name()));

        assertThat(fleet.ended(new Allocation.Ended(member.container(), Responses.status(1, 137, ""))))
                .hasValueSatisfying(loss -> assertThat(loss.cause()).isInstanceOf(Cause.ExecutorExited.class));
    }
}
