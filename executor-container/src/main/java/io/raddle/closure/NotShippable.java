package io.raddle.closure;

/** An object that means nothing in another process, so that a function which captures it is refused at the call. */
public interface NotShippable {
    /** One sentence of why it cannot be used inside a function. */
    String reason();

    /** One sentence of what to do instead. */
    String instead();
}
