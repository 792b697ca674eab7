package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.hadoop.ResourceManager;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;

/**
 * Brings an application to the ResourceManager. Where the answer is lost, as when the ResourceManager restarts, it is
 * asked whether it has the application before anything is decided.
 */
final class Delivery {
    /** Beside what Hadoop's own retries take: long enough for a ResourceManager that starts again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ResourceManager resourceManager;

    Delivery(ResourceManager resourceManager) {
        this.resourceManager = resourceManager;
    }

    /** Returns when the ResourceManager has the application, and throws when it has not, or nobody can say. */
    void bring(ApplicationSubmissionContext context) {
        try {
            resourceManager.submit(context);
        } catch (RaddleException failure) {
            if (!taken(context, failure)) {
                throw failure;
            }
        }
    }

    private boolean taken(ApplicationSubmissionContext context, RaddleException failure) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                boolean alive = Verbs.alive(resourceManager.report(context.getApplicationId()));
                return alive || !ResourceManager.isAnswer(failure);
            } catch (RaddleException e) {
                boolean missing = e.fault() instanceof Cause.InvalidInput;
                if (missing && ResourceManager.isAnswer(failure)) {
                    return false;
                }
                if (missing && broughtAgain(context)) {
                    return true;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw unknown(context.getApplicationId(), failure);
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The request itself was lost, or is on its way still: the ResourceManager takes an application only once. */
    private boolean broughtAgain(ApplicationSubmissionContext context) {
        try {
            resourceManager.submit(context);
            return true;
        } catch (RaddleException again) {
            if (ResourceManager.isAnswer(again)) {
                throw again;
            }
            return false;
        }
    }

    private static RaddleException unknown(ApplicationId id, RaddleException failure) {
        return new RaddleException(
                new Cause.ClusterRefused(
                        "It is not known whether the ResourceManager took " + id + ". "
                                + failure.fault().happened(),
                        "Its files were removed, so that it cannot run; once the ResourceManager answers again,"
                                + " yarn-submit --kill " + id + " ends what may be there of it."),
                failure);
    }
}
