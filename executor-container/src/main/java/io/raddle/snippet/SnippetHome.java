package io.raddle.snippet;

import java.util.Optional;
import java.util.function.Supplier;

/** The driver's side of a prompt: where its variables live. */
public interface SnippetHome {
    /** What lambdas carry as long as they are here. */
    Variables live();

    /** Who knows the value of a variable that is no field; {@code variable} as {@link Scope#variable} names it. */
    Optional<Supplier<Object>> supplied(String variable);
}
