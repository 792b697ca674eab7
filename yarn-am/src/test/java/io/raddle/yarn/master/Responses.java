package io.raddle.yarn.master;

import java.util.List;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerState;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;

/** What a ResourceManager might say. */
final class Responses {
    private static final ApplicationAttemptId ATTEMPT =
            ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 1), 1);

    private Responses() {}

    static AllocateResponse empty() {
        return of(List.of(), List.of());
    }

    static AllocateResponse granting(Container... containers) {
        return of(List.of(containers), List.of());
    }

    static AllocateResponse completing(List<ContainerStatus> statuses) {
        return of(List.of(), statuses);
    }

    static ContainerId id(int number) {
        return ContainerId.newContainerId(ATTEMPT, number);
    }

    static Container container(int number, String host) {
        return Container.newInstance(
                id(number),
                NodeId.newInstance(host, 8041),
                host + ":8042",
                Resource.newInstance(1024, 1),
                Priority.newInstance(1),
                null);
    }

    static ContainerStatus status(int number, int exitStatus, String diagnostics) {
        return ContainerStatus.newInstance(id(number), ContainerState.COMPLETE, diagnostics, exitStatus);
    }

    private static AllocateResponse of(List<Container> granted, List<ContainerStatus> completed) {
        return AllocateResponse.newBuilder()
                .responseId(1)
                .allocatedContainers(granted)
                .completedContainersStatuses(completed)
                .availableResources(Resource.newInstance(2048, 2))
                .numClusterNodes(2)
                .build();
    }
}
