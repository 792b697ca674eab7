package io.raddle.shuffle;

import java.util.Locale;

/** How map outputs are compressed. Readers take all of them, whichever the writer used. */
public enum FrameCodec {
    NONE,
    LZ4,
    ZSTD;

    /** The codec by its name in the configuration. */
    public static FrameCodec named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
