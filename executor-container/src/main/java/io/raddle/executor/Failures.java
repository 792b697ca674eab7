package io.raddle.executor;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.loader.UserExitError;
import io.raddle.pipeline.UserFailure;

/** Says why a task ended, from what it threw. */
final class Failures {
    private final Cause heapFull;
    private final Cause metaspaceFull;
    private final long limitBytes;

    /** The causes of a full heap are made here, while there is memory for it. */
    Failures(long limitBytes) {
        this.limitBytes = limitBytes;
        this.heapFull = new Cause.OutOfMemory("Java heap space", limitBytes);
        this.metaspaceFull = new Cause.OutOfMemory("Metaspace", limitBytes);
    }

    Cause causeOf(Throwable thrown) {
        if (thrown instanceof RaddleException typed) {
            return typed.fault();
        }
        if (thrown instanceof UserFailure user) {
            Throwable origin = user.getCause() == null ? user : user.getCause();
            return UserStack.thrownByEngine(origin) ? defect(origin) : UserStack.causeOf(origin);
        }
        if (thrown instanceof UserExitError exit) {
            return new Cause.UserExit(exit.code());
        }
        if (thrown instanceof OutOfMemoryError full) {
            return outOfMemory(full);
        }
        if (thrown instanceof Error || UserStack.startsInUserCode(thrown)) {
            return UserStack.causeOf(thrown);
        }
        return defect(thrown);
    }

    private static Cause defect(Throwable thrown) {
        return new Cause.InternalError(thrown.toString(), UserStack.whole(thrown));
    }

    private Cause outOfMemory(OutOfMemoryError full) {
        String area = String.valueOf(full.getMessage());
        return switch (area) {
            case "Java heap space", "GC overhead limit exceeded" -> heapFull;
            case "Metaspace", "Compressed class space" -> metaspaceFull;
            default -> new Cause.OutOfMemory(area, limitBytes);
        };
    }
}
