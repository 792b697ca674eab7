package io.raddle.shuffle;

import org.jspecify.annotations.Nullable;

/** How what comes for a key goes into its combiner. */
interface Folding {
    @Nullable
    Object create(@Nullable Object input);

    @Nullable
    Object merge(@Nullable Object combiner, @Nullable Object input);
}
