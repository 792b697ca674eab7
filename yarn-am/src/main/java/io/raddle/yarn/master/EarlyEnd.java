package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    private final ApplicationSpec spec;
    private final YarnAccess yarn;
    private final Staging staging;

    EarlyEnd(MasterContainer me, ApplicationSpec spec, YarnAccess yarn, Staging staging) {
        this.me = me;
        this.spec = spec;
        this.yarn = yarn;
        this.staging = staging;
    }

    /** Ends the application as failed, unless YARN starts another attempt, which may fare better on another node. */
    Ending tell(RuntimeException failure) throws InterruptedException {
        if (failure instanceof RaddleException known) {
            LOG.error("The application master cannot start. {}", known.fault().sentences());
        } else {
            LOG.error("The application master cannot start", failure);
        }
        Ending ending = Ending.failed(cause(failure));
        if (me.attempt() >= spec.getMaxAttempts()) {
            try {
                ResourceManagerLink link = new ResourceManagerLink(yarn.resourceManager(), me.host(), NO_PORT);
                link.register();
                link.finish(ending.forYarn(), ending.diagnostics());
                staging.remove();
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
