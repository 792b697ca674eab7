package io.raddle.snippet;

import java.util.Optional;

/** A class loader of snippets. */
public interface Homed {
    /** Where the variables of its classes live; empty on an executor. */
    Optional<SnippetHome> home();
}
