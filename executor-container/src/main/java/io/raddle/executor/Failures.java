package io.raddle.executor;

import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.fault.RaddleException;
import io.raddle.loader.UserExitError;
import io.raddle.pipeline.UserFailure;
import io.raddle.proto.CauseMessage;
import java.util.concurrent.atomic.AtomicReference;

/** Says why a task ended, from what it threw. Thread-safe. */
final class Failures {
    /** Enough to bring a report through the layers of gRPC. */
    private static final int RESERVE_BYTES = 1 << 20;

    private static final byte[] SPENT = {};

    private final CauseMessage heapFull;
    private final CauseMessage metaspaceFull;
    private final long limitBytes;

    private final AtomicReference<byte[]> reserve = new AtomicReference<>(new byte[RESERVE_BYTES]);

    /** What a full heap is reported with is made here, while there is memory for it. */
    Failures(long limitBytes) {
        this.limitBytes = limitBytes;
        this.heapFull = CauseCodec.encode(new Cause.OutOfMemory("Java heap space", limitBytes));
        this.metaspaceFull = CauseCodec.encode(new Cause.OutOfMemory("Metaspace", limitBytes));
    }

    /** The cause as it travels. After the first full heap this process must end, since its reserve is spent. */
    CauseMessage messageOf(Throwable thrown) {
        return thrown instanceof OutOfMemoryError full ? outOfMemory(full) : CauseCodec.encode(causeOf(thrown));
    }

    private static Cause causeOf(Throwable thrown) {
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
        if (thrown instanceof Error || UserStack.startsInUserCode(thrown)) {
            return UserStack.causeOf(thrown);
        }
        return defect(thrown);
    }

    private static Cause defect(Throwable thrown) {
        return new Cause.InternalError(thrown.toString(), UserStack.whole(thrown));
    }

    private CauseMessage outOfMemory(OutOfMemoryError full) {
        reserve.set(SPENT);
        String area = String.valueOf(full.getMessage());
        return switch (area) {
            case "Java heap space", "GC overhead limit exceeded" -> heapFull;
            case "Metaspace", "Compressed class space" -> metaspaceFull;
            default -> CauseCodec.encode(new Cause.OutOfMemory(area, limitBytes));
        };
    }
}
