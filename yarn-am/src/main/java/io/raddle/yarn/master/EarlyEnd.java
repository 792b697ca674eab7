package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an attempt whose master could not be put together. Nobody listens yet who could be asked, so YARN is told
 * why, and whoever follows the application hears it from there.
 */
final class EarlyEnd {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyEnd.class);
    /** What YARN takes for "not reachable". */
    private static final int NO_PORT = -1;

    private final MasterContainer me;
    private final int maxAttempts;
    private final Way toResourceManager;
    private final CleanUp cleanUp;

    /** How the ResourceManager is reached. */
    @FunctionalInterface
    interface Way {
        ApplicationMasterProtocol connect() throws IOException;
    }

    /** Removes what the application has in the cluster's file system. */
    @FunctionalInterface
    interface CleanUp {
        void run() throws IOException;
    }

    EarlyEnd(MasterContainer me, int maxAttempts, Way toResourceManager, CleanUp cleanUp) {
        this.me = me;
        this.maxAttempts = maxAttempts;
        this.toResourceManager = toResourceManager;
        this.cleanUp = cleanUp;
    }

    /** Ends the application as failed, unless YARN starts another attempt, which may fare better on another node. */
    Ending tell(RuntimeException failure) throws InterruptedException {
        if (failure instanceof RaddleException known) {
            LOG.error("The application master cannot start. {}", known.fault().sentences());
        } else {
            LOG.error("The application master cannot start", failure);
        }
        Ending ending = Ending.failed(cause(failure));
        if (me.attempt() >= maxAttempts) {
            try {
                ResourceManagerLink link = new ResourceManagerLink(toResourceManager.connect(), me.host(), NO_PORT);
                link.register();
                link.finish(ending.forYarn(), ending.diagnostics());
                cleanUp.run();
            } catch (IOException | YarnException | RuntimeException e) {
                LOG.error("The ResourceManager did not hear why the application failed", e);
            }
        }
        return ending;
    }

    private static Cause cause(RuntimeException failure) {
        if (failure instanceof RaddleException known) {
            return known.fault();
        }
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack, true));
        return new Cause.InternalError("the application master cannot start: " + failure, stack.toString());
    }
}
