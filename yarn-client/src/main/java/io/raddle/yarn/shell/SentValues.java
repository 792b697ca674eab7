package io.raddle.yarn.shell;

import io.raddle.closure.CallSite;
import io.raddle.closure.Contents;
import io.raddle.plan.Engine;
import io.raddle.shared.Broadcast;
import io.raddle.snippet.FrozenVariables;
import io.raddle.wire.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the values of variables travel: small ones inside the functions that need them, large ones apart, so that a value
 * which did not change is fetched by each executor once, however many functions need it. Thread-safe.
 */
final class SentValues {
    /** A value of fewer bytes costs less inside of a plan than to be fetched. */
    private static final int LARGE_BYTES = 32 << 10;

    private final Supplier<Engine> engine;
    private final Map<Variable, Sent> last = new HashMap<>();

    private record Sent(Sha256 content, Broadcast<byte[]> broadcast) {}

    SentValues(Supplier<Engine> engine) {
        this.engine = engine;
    }

    /** What stands for a value inside of a function. */
    synchronized @Nullable Object sent(Variable variable, @Nullable Object value, Contents contents, CallSite site) {
        if (contents.bytes().length < LARGE_BYTES || !contents.standsAlone()) {
            last.remove(variable);
            return value;
        }
        Sha256 content = Sha256.of(contents.bytes());
        Sent known = last.get(variable);
        if (known == null || !known.content().equals(content)) {
            known = new Sent(content, engine.get().broadcast(contents.bytes(), site));
            last.put(variable, known);
        }
        return FrozenVariables.shared(known.broadcast());
    }
}
