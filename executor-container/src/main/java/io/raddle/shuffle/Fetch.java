package io.raddle.shuffle;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One request for a partition of some map outputs of one server, and who hears of it. Calls come from the client's
 * thread and must not block: each output either as {@code received} or among the {@code left} of the one {@code ended}.
 * A server is given up sooner where another has the same ({@code elsewhere}).
 */
record Fetch(
        InetSocketAddress server, int reduce, List<MapOutputLocation> outputs, boolean elsewhere, Listener listener) {
    interface Listener {
        /** A block came whole; it is not verified yet. */
        void received(Block block);

        /** Nothing more comes of this request; {@code left} is what did not come. */
        void ended(List<MapOutputLocation> left, Failure failure);
    }

    /** What kept blocks from coming; {@code retryMillis} is how long to wait before the server is asked again. */
    record Failure(Kind kind, String detail, long retryMillis) {
        static final Failure NONE = new Failure(Kind.NONE, "", 0);

        static Failure of(Kind kind, String detail) {
            return new Failure(kind, detail, 0);
        }
    }

    /** What to do about a failure. */
    enum Kind {
        /** Nothing failed. */
        NONE,
        /** The server may come back: ask again a little later. */
        UNREACHABLE,
        /** The server says when to ask again. */
        BUSY,
        /** The server does not have the output that {@code detail} names, or has it broken. */
        MISSING,
        /** The server will never answer us. */
        REFUSED,
        /** What came is not what was asked for. */
        GARBLED
    }

    ShuffleRequest request(String job) {
        return new ShuffleRequest(
                job,
                reduce,
                reduce,
                outputs.stream().map(MapOutputLocation::mapId).toList());
    }
}
