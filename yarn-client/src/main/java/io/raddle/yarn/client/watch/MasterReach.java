package io.raddle.yarn.client.watch;

import io.raddle.fault.Cause;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Notices that a master which runs does not answer, as where a firewall stands between or its host name is not known
 * here. Told once until it has answered again. Belongs to one thread; time is an argument in milliseconds.
 */
final class MasterReach {
    /** A driver that starts anew, or one that just ended, is back or known to have ended by then. */
    private static final long PATIENCE_MILLIS = 10_000;

    private OptionalLong triedSince = OptionalLong.empty();
    private boolean told;

    /** Before it is called: to wait for a connection is part of the time without an answer. */
    void trying(long now) {
        triedSince = OptionalLong.of(triedSince.orElse(now));
    }

    void answered() {
        triedSince = OptionalLong.empty();
        told = false;
    }

    /** A call failed; what to tell about it, if it is time. */
    Optional<String> failed(String address, String detail, long now) {
        if (told || triedSince.isEmpty() || now - triedSince.getAsLong() < PATIENCE_MILLIS) {
            return Optional.empty();
        }
        told = true;
        return Optional.of("The application runs, but its driver does not answer: "
                + new Cause.Unreachable(address, detail).sentences() + " We go on trying.");
    }
}
