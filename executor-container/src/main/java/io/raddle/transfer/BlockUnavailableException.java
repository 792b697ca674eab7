package io.raddle.transfer;

import io.raddle.id.BlockId;
import java.io.IOException;

/** A block did not come from this peer; another one, or making it again, may help. */
public final class BlockUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Why it did not come, for those who choose what to do next. */
    public enum Kind {
        /** The peer does not have it, or cannot read it. */
        MISSING,
        /** The peer serves as many as it may; ask again a little later. */
        BUSY,
        /** The peer cannot be reached, broke off, or sent nothing for too long. */
        UNREACHABLE,
        /** The peer belongs to another application. */
        REFUSED,
        /** What came is not what was promised. */
        GARBLED
    }

    BlockUnavailableException(Kind kind, BlockId block, PeerAddress peer, String detail) {
        super(block + " did not come from " + peer + ": " + detail);
        this.kind = kind;
    }

    /** Why it did not come. */
    public Kind kind() {
        return kind;
    }
}
