package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.Resource;
import io.raddle.wire.Secret;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.hadoop.ResourceManager;
import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.stage.Engine;
import io.raddle.yarn.client.stage.StagingDirectory;
import io.raddle.yarn.client.stage.Uploads;
import io.raddle.yarn.client.watch.Attachment;
import io.raddle.yarn.client.watch.Ending;
import io.raddle.yarn.launch.MasterLaunch;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A master that finds garbage where the application should be described still says so to YARN. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class UnreadableSpecIT {
    @TempDir
    Path directory;

    @Test
    void tellsWhoFollowsItThatTheDescriptionCannotBeRead(RealCluster.Address cluster) throws Exception {
        HadoopConfiguration configuration = ClusterState.of(cluster).configuration();
        ClusterFiles files = ClusterFiles.open(configuration.forClient());
        try (ResourceManager resourceManager = ResourceManager.connect(configuration.forClient())) {
            ApplicationId id = resourceManager.newApplication().getApplicationId();

            submit(id, files, resourceManager);

            Ending ending = new Attachment(
                            resourceManager, id, Optional.empty(), Console.ofProcess(Set.of()), Duration.ofMinutes(1))
                    .follow();
            files.removeStaging(id.toString());
            assertThat(ending.state()).isEqualTo(Ending.State.FAILED);
            assertThat(ending.reason())
                    .startsWith("The application master cannot read what yarn-submit wrote of the application")
                    .contains("Submit again");
            assertThat(ClusterState.of(cluster)
                            .report(id.toString())
                            .getCurrentApplicationAttemptId()
                            .getAttemptId())
                    .isOne();
        }
    }

    private void submit(ApplicationId id, ClusterFiles files, ResourceManager resourceManager) throws Exception {
        Path application = Files.createFile(directory.resolve("app.jar"));
        Request request = Request.of(
                CommandLineReader.read(
                        Small.with(List.of("--max-attempts", "2"), Small.options(application.toString()))),
                Map.of());
        Engine engine = Engine.in(RealCluster.project().resolve("yarn-client/target/raddle"));
        StagingDirectory staging = files.staging(id.toString(), new Uploads());
        staging.make();
        ApplicationSpec spec = ApplicationSpec.newBuilder()
                .setName("garbled")
                .setUser(files.user())
                .setJava("{{JAVA_HOME}}/bin/java")
                .setClassPath(Engine.CLASS_PATH)
                .setDriverCores(1)
                .addEngine(files.cache(request.configuration(), new Uploads()).publish(engine))
                .build();
        Resource garbage = staging.add(
                new ByteArrayInputStream("garbage".getBytes(StandardCharsets.UTF_8)),
                MasterLaunch.SPEC_LINK,
                Resource.Type.FILE,
                MasterLaunch.SPEC_LINK);
        resourceManager.submit(
                MasterContext.of(id, request, spec, List.of(garbage), new Credentials(), Secret.random()));
    }
}
