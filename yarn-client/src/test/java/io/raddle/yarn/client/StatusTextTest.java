package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.util.Records;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    @Test
    void saysOfAnEndedApplicationHowItEndedAndNotWhereItsDriverWas() {
        ApplicationReport report = report(YarnApplicationState.FINISHED, FinalApplicationStatus.FAILED);
        report.setDiagnostics("The input hdfs:/none does not exist. Check the path.\n[exit code 1]");

        assertThat(StatusText.lines(report, Optional.empty()))
                .containsExactly(
                        "application_7_0001  words",
                        "State:    FINISHED, final status FAILED",
                        "User:     alice, queue q",
                        "Page:     http://rm/page",
                        "Ended:    FAILED after 2.5 s, exit code 1: The input hdfs:/none does not exist. Check the path.");
    }

    @Test
    void saysNoMoreOfASuccessThanItsTime() {
        ApplicationReport report = report(YarnApplicationState.FINISHED, FinalApplicationStatus.SUCCEEDED);

        assertThat(StatusText.lines(report, Optional.empty())).last().isEqualTo("Ended:    SUCCEEDED after 2.5 s");
    }

    @Test
    void namesTheDriverOfOneThatRuns() {
        ApplicationReport report = report(YarnApplicationState.RUNNING, FinalApplicationStatus.UNDEFINED);

        assertThat(StatusText.lines(report, Optional.empty())).last().isEqualTo("Driver:   node:4711");
    }

    private static ApplicationReport report(YarnApplicationState state, FinalApplicationStatus status) {
        ApplicationReport report = Records.newRecord(ApplicationReport.class);
        report.setApplicationId(ApplicationId.newInstance(7, 1));
        report.setName("words");
        report.setUser("alice");
        report.setQueue("q");
        report.setYarnApplicationState(state);
        report.setFinalApplicationStatus(status);
        report.setHost("node");
        report.setRpcPort(4711);
        report.setTrackingUrl("http://rm/page");
        report.setDiagnostics("");
        report.setStartTime(1_000);
        report.setFinishTime(3_500);
        return report;
    }
}
