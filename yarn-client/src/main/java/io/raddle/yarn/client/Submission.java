package io.raddle.yarn.client;

import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationSpec;
import io.raddle.wire.Secret;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.hadoop.ContainerLimits;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.hadoop.ResourceManager;
import io.raddle.yarn.client.program.Program;
import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.stage.Engine;
import io.raddle.yarn.client.stage.StagingDirectory;
import io.raddle.yarn.client.stage.Uploads;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.yarn.api.protocolrecords.GetNewApplicationResponse;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.Resource;

/**
 * One application on its way to the cluster. What can be asked at once is asked at once; nothing is written before
 * everything was checked, and what was written is removed when a later step fails.
 */
final class Submission {
    /** The ResourceManager is told only by who comes from WRITING, and so nothing is told that was abandoned. */
    private enum Phase {
        WRITING,
        SUBMITTING,
        ABANDONED
    }

    private final Request request;
    private final HadoopConfiguration configuration;
    private final Engine engine;
    private final AtOnce threads;
    private final Uploads uploads = new Uploads();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WRITING);
    private volatile Optional<StagingDirectory> written = Optional.empty();
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

    /**
     * Gives up what {@link #run} is at in another thread, and removes what it wrote; false when it is too late, since the
     * ResourceManager has the application or gets it right now.
     */
    boolean abandon(Console console) {
        if (!phase.compareAndSet(Phase.WRITING, Phase.ABANDONED)) {
            return false;
        }
        try {
            if (written.isPresent()) {
                written.get().delete();
            }
            uploads.abandon();
        } catch (IOException | RuntimeException e) {
            console.say("What was uploaded was not removed. "
                    + ClusterFiles.explain(configuration.forClient(), e).fault().sentences());
        }
        return true;
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
        written = Optional.of(staging);
        try {
            // In this order: who abandons finds the directory, or we find that it was abandoned.
            require(phase.get() == Phase.WRITING);
            staging.make();
            Luggage luggage = new Luggage(request, program, engine, threads);
            ApplicationSpec spec = luggage.stage(
                    files.cache(request.configuration(), uploads),
                    staging,
                    root,
                    configuration.forCluster(),
                    files.user());
            ResourceManager resourceManager = AtOnce.get(connection);
            ApplicationSubmissionContext context =
                    MasterContext.of(id, request, spec, luggage.own(), files.tokens(configuration.forClient()), root);
            require(phase.compareAndSet(Phase.WRITING, Phase.SUBMITTING));
            new Delivery(resourceManager).bring(context);
            return new Submitted(id, root.derive(Secret.CONTROL), root.derive(Secret.DRIVER), resourceManager);
        } catch (IOException | RuntimeException e) {
            remove(staging, e);
            throw e;
        }
    }

    private static void require(boolean goesOn) {
        if (!goesOn) {
            throw new RaddleException(new Cause.Cancelled(Interrupts.BY));
        }
    }

    /** Why the submit failed is what counts, also where this fails too. */
    private void remove(StagingDirectory staging, Exception why) {
        try {
            staging.delete();
            uploads.abandon();
        } catch (IOException | RuntimeException e) {
            why.addSuppressed(e);
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
