package io.raddle.yarn.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MasterReachTest {
    private static final String ADDRESS = "node7:40123";

    private final MasterReach reach = new MasterReach();

    @Test
    void tellsOnceAndWithAddressAndRemedyThatAMasterDoesNotAnswer() {
        for (long now = 0; now < 10_000; now += 500) {
            reach.trying(now);
            assertThat(reach.failed(ADDRESS, "UNAVAILABLE", now)).isEmpty();
        }

        reach.trying(10_000);
        assertThat(reach.failed(ADDRESS, "UNAVAILABLE", 10_000))
                .hasValue("The application runs, but its driver does not answer: node7:40123 could not be reached:"
                        + " UNAVAILABLE. Check that this host name resolves here and that no firewall stands between;"
                        + " raddle.port.range pins the ports that we listen on. We go on trying.");
        reach.trying(20_000);
        assertThat(reach.failed(ADDRESS, "UNAVAILABLE", 30_000)).isEmpty();
    }

    @Test
    void countsTheTimeThatOneConnectionTakesToFail() {
        reach.trying(0);

        assertThat(reach.failed(ADDRESS, "UNAVAILABLE", 20_000)).isPresent();
    }

    @Test
    void beginsAnewWhenTheMasterHasAnswered() {
        reach.trying(0);
        reach.answered();
        reach.trying(60_000);

        assertThat(reach.failed(ADDRESS, "UNAVAILABLE", 69_000)).isEmpty();
        assertThat(reach.failed(ADDRESS, "UNAVAILABLE", 70_000)).isPresent();
    }
}
