package io.raddle.wire;

/** What both ends of a connection must agree on before they say anything else. */
public final class Protocol {
    /** Version of the messages; grows with every change that an older end would misread. An end refuses any other. */
    public static final int VERSION = 1;

    private Protocol() {}
}
