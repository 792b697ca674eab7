package io.raddle.yarn.master;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateRequest;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.protocolrecords.FinishApplicationMasterRequest;
import org.apache.hadoop.yarn.api.protocolrecords.FinishApplicationMasterResponse;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterRequest;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.NMToken;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.api.records.Token;
import org.apache.hadoop.yarn.exceptions.ApplicationAttemptNotFoundException;
import org.apache.hadoop.yarn.exceptions.ApplicationMasterNotRegisteredException;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** A ResourceManager with one node "worker" and room for all; counts requests as the real one does. Thread-safe. */
final class FakeResourceManager implements ApplicationMasterProtocol {
    private final List<String> registrations = new ArrayList<>();
    private final List<String> finished = new ArrayList<>();
    private final List<Long> released = new ArrayList<>();
    private final Map<String, Integer> wanted = new TreeMap<>();
    private final List<ContainerStatus> completed = new ArrayList<>();
    private final List<NodeReport> changedNodes = new ArrayList<>();
    private List<Container> left = List.of();
    private volatile CountDownLatch registration = new CountDownLatch(0);
    private boolean registered;
    private boolean grants = true;
    private boolean knowsAttempt = true;
    private int containers;
    private int responses;
    private int callsAfterEnd;
    private float progress;

    @Override
    public RegisterApplicationMasterResponse registerApplicationMaster(RegisterApplicationMasterRequest request) {
        try {
            registration.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return register(request);
    }

    private synchronized RegisterApplicationMasterResponse register(RegisterApplicationMasterRequest request) {
        registered = true;
        registrations.add(request.getHost() + ":" + request.getRpcPort());
        return RegisterApplicationMasterResponse.newInstance(
                Resource.newInstance(0, 0),
                Resource.newInstance(8192, 8),
                Map.of(),
                null,
                left,
                "default",
                left.stream()
                        .map(Container::getNodeId)
                        .distinct()
                        .map(node -> NMToken.newInstance(node, Token.newInstance(new byte[0], "", new byte[0], "")))
                        .toList());
    }

    @Override
    public synchronized AllocateResponse allocate(AllocateRequest request) throws YarnException {
        if (!knowsAttempt) {
            throw new ApplicationAttemptNotFoundException("unknown attempt");
        }
        if (!registered) {
            throw new ApplicationMasterNotRegisteredException("unknown master");
        }
        callsAfterEnd += finished.size();
        progress = request.getProgress();
        for (ResourceRequest ask : request.getAskList()) {
            wanted.put(ask.getResourceName(), ask.getNumContainers());
        }
        for (ContainerId id : request.getReleaseList()) {
            released.add(id.getContainerId());
            completed.add(Responses.status((int) id.getContainerId(), -100, "Container released by application"));
        }
        List<Container> granted = new ArrayList<>();
        while (grants && wanted.getOrDefault("*", 0) > 0) {
            wanted.merge("*", -1, Integer::sum);
            granted.add(Responses.container(++containers, "worker"));
        }
        AllocateResponse response = AllocateResponse.newBuilder()
                .responseId(++responses)
                .allocatedContainers(granted)
                .completedContainersStatuses(List.copyOf(completed))
                .updatedNodes(List.copyOf(changedNodes))
                .availableResources(Resource.newInstance(8192, 8))
                .numClusterNodes(3)
                .build();
        completed.clear();
        changedNodes.clear();
        return response;
    }

    @Override
    public synchronized FinishApplicationMasterResponse finishApplicationMaster(FinishApplicationMasterRequest request)
            throws YarnException {
        if (!registered) {
            throw new ApplicationMasterNotRegisteredException("unknown master");
        }
        finished.add(request.getFinalApplicationStatus() + " " + request.getDiagnostics());
        return FinishApplicationMasterResponse.newInstance(true);
    }

    /** Answers no registration until {@link #register}. */
    void holdRegistration() {
        registration = new CountDownLatch(1);
    }

    void register() {
        registration.countDown();
    }

    /** Containers of an earlier attempt. */
    synchronized void leave(int... containers) {
        left = Arrays.stream(containers)
                .mapToObj(number -> Responses.container(number, "worker"))
                .toList();
    }

    synchronized void grant(boolean value) {
        grants = value;
    }

    synchronized void restart() {
        registered = false;
        wanted.clear();
    }

    synchronized void forgetAttempt() {
        knowsAttempt = false;
    }

    synchronized void complete(int container, int exitStatus, String diagnostics) {
        completed.add(Responses.status(container, exitStatus, diagnostics));
    }

    synchronized void nodeBecame(String host, NodeState state) {
        Resource all = Resource.newInstance(8192, 8);
        changedNodes.add(NodeReport.newInstance(
                NodeId.newInstance(host, 8041), state, host + ":8042", "/rack", all, all, 0, "", 0));
    }

    synchronized int asked() {
        return wanted.getOrDefault("*", 0);
    }

    synchronized float progress() {
        return progress;
    }

    synchronized int callsAfterEnd() {
        return callsAfterEnd;
    }

    synchronized List<String> registrations() {
        return List.copyOf(registrations);
    }

    synchronized List<String> finished() {
        return List.copyOf(finished);
    }

    synchronized List<Long> released() {
        return List.copyOf(released);
    }
}
