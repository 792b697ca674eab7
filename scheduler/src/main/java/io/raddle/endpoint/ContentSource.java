package io.raddle.endpoint;

import io.raddle.wire.Sha256;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Where artifacts come from that are not published here. Safe for all threads; never blocks. */
@FunctionalInterface
public interface ContentSource {
    /**
     * Looks for a content and hands it to {@code receiver} from an offset on, or nothing when there is none; at once or
     * later, on any thread. The receiver closes what it gets.
     */
    void find(Sha256 identity, long offset, Consumer<Optional<InputStream>> receiver);
}
