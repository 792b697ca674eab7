package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.proto.Resource.Type;
import io.raddle.wire.Secret;
import io.raddle.yarn.client.hadoop.ResourceManager;
import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.stage.StagingDirectory;
import io.raddle.yarn.client.stage.Uploads;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.FinishApplicationMasterRequest;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterRequest;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.util.ConverterUtils;
import org.apache.hadoop.yarn.util.Records;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An application that runs, at an address where nobody answers: here its master is this test, and listens nowhere. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class UnreachableDriverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int NOBODY = 1;

    @TempDir
    Path directory;

    @Test
    void saysOnceThatTheDriverDoesNotAnswerAndGoesOnUntilTheEnd(RealCluster.Address cluster) throws Exception {
        Configuration configuration = ClusterState.of(cluster).configuration().forClient();
        ClusterFiles files = ClusterFiles.open(configuration);
        try (ResourceManager resourceManager = ResourceManager.connect(configuration)) {
            ApplicationId id = submit(resourceManager);
            StagingDirectory staging = files.staging(id.toString(), new Uploads());
            staging.make();
            staging.add(
                    new ByteArrayInputStream(Secret.random().bytes()),
                    StagingDirectory.CONTROL,
                    Type.FILE,
                    StagingDirectory.CONTROL);
            ApplicationMasterProtocol master = master(resourceManager.report(id), configuration);
            master.registerApplicationMaster(RegisterApplicationMasterRequest.newInstance("localhost", NOBODY, ""));

            SubmitProcess.Running attached =
                    new SubmitProcess(directory).on(cluster).start("--attach", id.toString());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> attached.err().contains("does not answer")
                            || !attached.process().isAlive());
            master.finishApplicationMaster(
                    FinishApplicationMasterRequest.newInstance(FinalApplicationStatus.SUCCEEDED, "", ""));

            SubmitProcess.Result result = attached.result();
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err())
                    .containsOnlyOnce("The application runs, but its driver does not answer: localhost:" + NOBODY
                            + " could not be reached: UNAVAILABLE.")
                    .contains("We go on trying.", id + " SUCCEEDED")
                    .doesNotContain("\tat ");
            files.removeStaging(id.toString());
        }
    }

    private static ApplicationId submit(ResourceManager resourceManager) {
        ApplicationId id = resourceManager.newApplication().getApplicationId();
        ApplicationSubmissionContext context = Records.newRecord(ApplicationSubmissionContext.class);
        context.setApplicationId(id);
        context.setApplicationName("unreachable");
        context.setApplicationType(ResourceManager.APPLICATION_TYPE);
        context.setQueue("default");
        context.setUnmanagedAM(true);
        context.setAMContainerSpec(Records.newRecord(ContainerLaunchContext.class));
        context.setResource(Resource.newInstance(128, 1));
        resourceManager.submit(context);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> resourceManager.report(id).getAMRMToken() != null);
        return id;
    }

    private static ApplicationMasterProtocol master(ApplicationReport report, Configuration configuration)
            throws Exception {
        UserGroupInformation user = UserGroupInformation.createRemoteUser(report.getUser());
        user.addToken(ConverterUtils.convertFromYarn(report.getAMRMToken(), new Text()));
        return user.doAs((PrivilegedExceptionAction<ApplicationMasterProtocol>)
                () -> ClientRMProxy.createRMProxy(configuration, ApplicationMasterProtocol.class));
    }
}
