package io.raddle.yarn.client.hadoop;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.yarn.api.ApplicationClientProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.ApplicationsRequestScope;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationAttemptReportRequest;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationReportRequest;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.protocolrecords.GetClusterMetricsRequest;
import org.apache.hadoop.yarn.api.protocolrecords.GetNewApplicationRequest;
import org.apache.hadoop.yarn.api.protocolrecords.GetNewApplicationResponse;
import org.apache.hadoop.yarn.api.protocolrecords.GetQueueInfoRequest;
import org.apache.hadoop.yarn.api.protocolrecords.KillApplicationRequest;
import org.apache.hadoop.yarn.api.protocolrecords.SubmitApplicationRequest;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * The ResourceManager, spoken to by its client protocol directly: YarnClient would load timeline, history and
 * scheduler classes that nothing here needs. Thread-safe; every failure is a {@link RaddleException}.
 */
public final class ResourceManager implements AutoCloseable {
    /** What YARN knows our applications as. */
    public static final String APPLICATION_TYPE = "RADDLE";

    private final ApplicationClientProtocol protocol;
    private final String address;

    private ResourceManager(ApplicationClientProtocol protocol, String address) {
        this.protocol = protocol;
        this.address = address;
    }

    public static ResourceManager connect(Configuration configuration) {
        String address = configuration.get(YarnConfiguration.RM_ADDRESS, YarnConfiguration.DEFAULT_RM_ADDRESS);
        try {
            return new ResourceManager(
                    ClientRMProxy.createRMProxy(configuration, ApplicationClientProtocol.class), address);
        } catch (IOException | RuntimeException e) {
            throw unreachable(address, e);
        }
    }

    /** A fresh application id, with the largest container that the cluster grants. */
    public GetNewApplicationResponse newApplication() {
        return call(() -> protocol.getNewApplication(GetNewApplicationRequest.newInstance()));
    }

    /** A queue; empty when there is none of this name, of which the ResourceManager says nothing at all. */
    public Optional<QueueInfo> queue(String name) {
        return Optional.ofNullable(
                call(() -> protocol.getQueueInfo(GetQueueInfoRequest.newInstance(name, true, true, false)))
                        .getQueueInfo());
    }

    /** How many NodeManagers run. */
    public int nodes() {
        return call(() -> protocol.getClusterMetrics(GetClusterMetricsRequest.newInstance()))
                .getClusterMetrics()
                .getNumActiveNodeManagers();
    }

    public void submit(ApplicationSubmissionContext context) {
        call(() -> protocol.submitApplication(SubmitApplicationRequest.newInstance(context)));
    }

    public ApplicationReport report(ApplicationId application) {
        return call(() -> protocol.getApplicationReport(GetApplicationReportRequest.newInstance(application)))
                .getApplicationReport();
    }

    /** The container of an attempt's master, ended or not; empty when it never got one. */
    public Optional<ContainerId> masterContainer(ApplicationAttemptId attempt) {
        GetApplicationAttemptReportRequest request = GetApplicationAttemptReportRequest.newInstance(attempt);
        return Optional.ofNullable(call(() -> protocol.getApplicationAttemptReport(request))
                .getApplicationAttemptReport()
                .getAMContainerId());
    }

    /** Applications of ours in one of these states, of one user or of all. */
    public List<ApplicationReport> applications(EnumSet<YarnApplicationState> states, Optional<String> user) {
        GetApplicationsRequest request = GetApplicationsRequest.newInstance(Set.of(APPLICATION_TYPE), states);
        user.ifPresent(name -> request.setUsers(Set.of(name)));
        request.setScope(ApplicationsRequestScope.ALL);
        return call(() -> protocol.getApplications(request)).getApplicationList();
    }

    /** Asks for the end; true once the ResourceManager has seen it. */
    public boolean kill(ApplicationId application, String diagnostics) {
        KillApplicationRequest request = KillApplicationRequest.newInstance(application);
        request.setDiagnostics(diagnostics);
        return call(() -> protocol.forceKillApplication(request)).getIsKillCompleted();
    }

    @Override
    public void close() {
        RPC.stopProxy(protocol);
    }

    /** Whether a call failed because the ResourceManager said so, and not because nothing was heard of it. */
    public static boolean isAnswer(RaddleException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof YarnException
                || cause instanceof RemoteException
                || cause instanceof AccessControlException;
    }

    private <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (ApplicationNotFoundException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The ResourceManager does not know this application.",
                            "yarn-submit --list shows what runs; ended applications are forgotten after a while."),
                    e);
        } catch (YarnException | RemoteException | AccessControlException e) {
            throw new RaddleException(
                    new Cause.ClusterRefused(
                            "The ResourceManager refused: " + firstLine(e) + ".",
                            "Change the request, or ask the cluster's administrator."),
                    e);
        } catch (IOException e) {
            throw unreachable(address, e);
        }
    }

    private static RaddleException unreachable(String address, Exception e) {
        return new RaddleException(
                new Cause.ClusterRefused(
                        "The ResourceManager at " + address + " cannot be reached: " + root(e) + ".",
                        "Check that it runs and that yarn-site.xml in HADOOP_CONF_DIR names its address."),
                e);
    }

    private static String root(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return firstLine(deepest);
    }

    private static String firstLine(Throwable e) {
        String message = String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        String line = message.lines().findFirst().orElse("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private interface Call<T> {
        T run() throws YarnException, IOException;
    }
}
