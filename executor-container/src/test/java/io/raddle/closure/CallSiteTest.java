package io.raddle.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallSiteTest {
    @Test
    void namesTheOperationAndTheLineOfTheProgram() {
        CallSite site = CallSite.here();
        assertThat(site.operation()).isEqualTo("here");
        assertThat(site.location()).matches("CallSiteTest\\.java:\\d+");
        assertThat(site).hasToString("here at " + site.location());
    }

    @Test
    void looksThroughTheFramesOfTheJdk() {
        List<CallSite> sites = List.of(1).stream().map(i -> CallSite.here()).toList();
        assertThat(sites.get(0).location()).startsWith("CallSiteTest.java:");
    }

    @Test
    void namesTheOutermostEngineMethodThatTheProgramCalled() {
        assertThat(ApiStandIn.reduceByKey().operation()).isEqualTo("reduceByKey");
        assertThat(new ApiStandIn().made.operation()).isEqualTo("ApiStandIn");
    }
}

final class ApiStandIn {
    final CallSite made = CallSite.here();

    static CallSite reduceByKey() {
        return combine();
    }

    private static CallSite combine() {
        return CallSite.here();
    }
}
