package io.raddle.yarn.shell;

/** What became of a line. */
sealed interface Outcome {
    /** It ran; the text is what there is to show for it, which may be nothing. */
    record Done(String text) implements Outcome {}

    /** The compiler does not take it. */
    record Rejected(String text) implements Outcome {}

    /** It threw. */
    record Failed(Throwable thrown) implements Outcome {}

    default boolean isGood() {
        return this instanceof Done;
    }
}
