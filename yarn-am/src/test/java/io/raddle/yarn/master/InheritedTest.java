package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.Container;
import org.junit.jupiter.api.Test;

class InheritedTest {
    private final Container container = Responses.container(101, "a");
    private final Inherited inherited = new Inherited(30);

    @Test
    void givesUpAnExecutorThatDoesNotAttachInTimeAndOnlyOnce() {
        inherited.add(container, 100);

        assertThat(inherited.overdue(129)).isEmpty();
        assertThat(inherited.overdue(130)).containsExactly(container.getId());
        assertThat(inherited.overdue(131)).isEmpty();
    }

    @Test
    void keepsAnExecutorThatAttached() {
        inherited.add(container, 100);
        inherited.attached(Set.of(container.getId().toString()));

        assertThat(inherited.overdue(1000)).isEmpty();
    }

    @Test
    void saysWhyAContainerEndedAndNothingOfOthers() {
        inherited.add(container, 100);

        assertThat(inherited.ended(new Allocation.Ended(container, Responses.status(101, 137, ""))))
                .containsInstanceOf(Cause.ExecutorExited.class);
        assertThat(inherited.overdue(1000)).isEmpty();
        assertThat(inherited.ended(new Allocation.Ended(container, Responses.status(101, 137, ""))))
                .isEmpty();
    }
}
