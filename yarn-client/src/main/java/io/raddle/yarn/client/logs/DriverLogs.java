package io.raddle.yarn.client.logs;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.hadoop.ResourceManager;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ContainerId;

/** What the driver of an ended application wrote; with more than one attempt, the last of them. */
public final class DriverLogs {
    private final ResourceManager resourceManager;
    private final AggregatedLogs aggregated;
    private final NodeLogs onNode;

    public DriverLogs(Configuration configuration, ResourceManager resourceManager) {
        this.resourceManager = resourceManager;
        this.aggregated = new AggregatedLogs(configuration);
        this.onNode = new NodeLogs(configuration);
    }

    /** Prints both of its streams, each to the one of the same name. */
    public void print(ApplicationReport report, Console console) throws IOException {
        ContainerId driver = resourceManager
                .masterContainer(report.getCurrentApplicationAttemptId())
                .orElseThrow(() -> new RaddleException(new Cause.InvalidInput(
                        report.getApplicationId() + " ended before its driver began, so there is no output.",
                        "yarn-submit --status " + report.getApplicationId() + " says how it ended.")));
        boolean out = read(report, driver, "stdout", console::passOut);
        boolean err = read(report, driver, "stderr", console::passErr);
        if (!out && !err) {
            throw gone(report);
        }
    }

    private boolean read(ApplicationReport report, ContainerId driver, String file, Consumer<byte[]> sink)
            throws IOException {
        return aggregated.read(report, driver, file, sink) || onNode.read(driver, file, sink);
    }

    private static RaddleException gone(ApplicationReport report) {
        return new RaddleException(new Cause.InvalidInput(
                "The output of the driver of " + report.getApplicationId()
                        + " is neither among the aggregated logs nor on its node.",
                "Try again in a minute if it ended just now; for the next time, let the cluster keep logs:"
                        + " yarn.log-aggregation-enable=true, or a longer yarn.nodemanager.log.retain-seconds."));
    }
}
