package io.raddle.yarn.client;

import io.raddle.config.Keys;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.Resource;
import io.raddle.wire.Secret;
import io.raddle.yarn.client.hadoop.ResourceManager;
import io.raddle.yarn.launch.MasterLaunch;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.util.Records;

/** What the ResourceManager is asked for: one container with the master in it. */
final class MasterContext {
    /** An attempt that failed longer ago than this does not count against the next one. */
    private static final long ATTEMPT_MEMORY_MILLIS = 10 * 60 * 1000;

    private MasterContext() {}

    static ApplicationSubmissionContext of(
            ApplicationId id,
            Request request,
            ApplicationSpec spec,
            List<Resource> own,
            Credentials tokens,
            Secret root) {
        ApplicationSubmissionContext context = Records.newRecord(ApplicationSubmissionContext.class);
        context.setApplicationId(id);
        context.setApplicationName(spec.getName());
        context.setApplicationType(ResourceManager.APPLICATION_TYPE);
        context.setQueue(request.configuration().get(Keys.QUEUE));
        context.setMaxAppAttempts(request.maxAttempts());
        if (request.maxAttempts() > 1) {
            context.setKeepContainersAcrossApplicationAttempts(true);
            context.setAttemptFailuresValidityInterval(ATTEMPT_MEMORY_MILLIS);
        }
        context.setResource(org.apache.hadoop.yarn.api.records.Resource.newInstance(
                request.driver().memoryMib(), request.driver().cores()));
        context.setAMContainerSpec(
                MasterLaunch.context(spec, own, request.driver().memoryMib(), tokens, root, Map.of()));
        return context;
    }
}
