package io.raddle.yarn.client;

import io.raddle.config.Keys;
import io.raddle.proto.ApplicationSpec;
import io.raddle.wire.Secret;
import io.raddle.yarn.client.hadoop.ContainerLimits;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.hadoop.ResourceManager;
import io.raddle.yarn.client.program.Program;
import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.stage.Engine;
import io.raddle.yarn.client.stage.StagingDirectory;
import io.raddle.yarn.client.stage.Uploads;
import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.hadoop.yarn.api.protocolrecords.GetNewApplicationResponse;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Resource;

/**
 * One application on its way to the cluster. What can be asked at once is asked at once; nothing is written before
 * everything was checked, and what was written is removed when a later step fails.
 */
final class Submission {
    private final Request request;
    private final HadoopConfiguration configuration;
    private final Engine engine;
    private final AtOnce threads;
    private final Uploads uploads = new Uploads();
    private final Secret root = Secret.random();

    Submission(Request request, HadoopConfiguration configuration, Engine engine, AtOnce threads) {
        this.request = request;
        this.configuration = configuration;
        this.engine = engine;
        this.threads = threads;
    }

    /** Brings the application to the ResourceManager; it runs from then on. */
    Submitted run(Future<Program> compiled) {
        try {
            return submitted(compiled);
        } catch (IOException e) {
            throw ClusterFiles.explain(configuration.forClient(), e);
        }
    }

    Uploads uploads() {
        return uploads;
    }

    private Submitted submitted(Future<Program> compiled) throws IOException {
        Future<ResourceManager> connection = threads.start(() -> ResourceManager.connect(configuration.forClient()));
        Future<GetNewApplicationResponse> allowed = threads.start(() -> checked(AtOnce.get(connection)));
        Future<ClusterFiles> opened = threads.start(this::openFiles);
        Program program = AtOnce.get(compiled);
        ApplicationId id = AtOnce.get(allowed, AtOnce.CONTACT).getApplicationId();
        ClusterFiles files = AtOnce.get(opened, AtOnce.CONTACT);
        StagingDirectory staging = files.staging(id.toString(), uploads);
        try {
            Luggage luggage = new Luggage(request, program, engine, threads);
            ApplicationSpec spec = luggage.stage(
                    files.cache(request.configuration(), uploads),
                    staging,
                    root,
                    configuration.forCluster(),
                    files.user());
            ResourceManager resourceManager = AtOnce.get(connection);
            resourceManager.submit(
                    MasterContext.of(id, request, spec, luggage.own(), files.tokens(configuration.forClient()), root));
            return new Submitted(id, root.derive(Secret.CONTROL), resourceManager);
        } catch (IOException | RuntimeException e) {
            staging.delete();
            throw e;
        }
    }

    private ClusterFiles openFiles() throws IOException {
        ClusterFiles files = ClusterFiles.open(configuration.forClient());
        files.cache(request.configuration(), uploads).warmUp(engine);
        return files;
    }

    /** What the cluster says to the request before anything is uploaded. */
    private GetNewApplicationResponse checked(ResourceManager resourceManager) {
        GetNewApplicationResponse application = resourceManager.newApplication();
        Resource maximum = application.getMaximumResourceCapability();
        ContainerLimits.check(
                "driver", request.driver().memoryMib(), request.driver().cores(), maximum);
        ContainerLimits.check(
                "executor", request.executor().memoryMib(), request.executor().cores(), maximum);
        ContainerLimits.check(request.configuration().get(Keys.QUEUE), resourceManager);
        return application;
    }
}
