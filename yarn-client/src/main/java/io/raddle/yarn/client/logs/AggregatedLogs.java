package io.raddle.yarn.client.logs;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerState;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.logaggregation.ContainerLogsRequest;
import org.apache.hadoop.yarn.logaggregation.filecontroller.LogAggregationFileController;
import org.apache.hadoop.yarn.logaggregation.filecontroller.LogAggregationFileControllerFactory;

/** Logs that NodeManagers brought into the cluster's file system, read by Hadoop's own readers. */
final class AggregatedLogs {
    private final Configuration configuration;

    AggregatedLogs(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Passes on a file of a container of an ended application; false when it is not there. */
    boolean read(ApplicationReport report, ContainerId container, String file, Consumer<byte[]> sink)
            throws IOException {
        if (!configuration.getBoolean(
                YarnConfiguration.LOG_AGGREGATION_ENABLED, YarnConfiguration.DEFAULT_LOG_AGGREGATION_ENABLED)) {
            return false;
        }
        LogAggregationFileController reader;
        try {
            reader = new LogAggregationFileControllerFactory(configuration)
                    .getFileControllerForRead(report.getApplicationId(), report.getUser());
        } catch (IOException e) {
            // So it says when no node has brought anything yet, or when it was deleted.
            return false;
        }
        ContainerLogsRequest request = new ContainerLogsRequest();
        request.setAppId(report.getApplicationId());
        request.setAppOwner(report.getUser());
        request.setAppFinished(true);
        request.setContainerId(container.toString());
        request.setContainerState(ContainerState.COMPLETE);
        request.setLogTypes(Set.of(file));
        request.setBytes(Long.MAX_VALUE);
        LogContents contents = new LogContents(sink);
        reader.readAggregatedLogs(request, contents);
        return contents.found();
    }
}
