package io.raddle.yarn.shell;

import java.util.List;

/** What became of a line. */
sealed interface Outcome {
    /**
     * It ran.
     *
     * @param text what there is to show for it, which may be nothing
     * @param notes what it did to earlier lines that a person would not expect
     */
    record Done(String text, List<String> notes) implements Outcome {
        Done(String text) {
            this(text, List.of());
        }
    }

    /** The compiler does not take it. */
    record Rejected(String text) implements Outcome {}

    /** It threw. */
    record Failed(Throwable thrown) implements Outcome {}

    default boolean isGood() {
        return this instanceof Done;
    }
}
