package io.raddle.wire;

/** Ports that a server may listen on, both ends included; {@link #ANY} leaves the choice to the system. */
public record PortRange(int first, int last) {
    /** Any port that is free. */
    public static final PortRange ANY = new PortRange(0, 0);

    private static final int FIRST_UNPRIVILEGED = 1024;

    /** Reads {@code "40000-40100"}, {@code "40000"}, or {@code ""} for any port. */
    public static PortRange parse(String text) {
        if (text.isEmpty()) {
            return ANY;
        }
        int dash = text.indexOf('-');
        int first;
        int last;
        try {
            first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash).strip());
            last = Integer.parseInt(text.substring(dash + 1).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a range of ports", e);
        }
        if (first < FIRST_UNPRIVILEGED || last > 65535 || first > last) {
            throw new IllegalArgumentException("is out of range");
        }
        return new PortRange(first, last);
    }

    @Override
    public String toString() {
        return equals(ANY) ? "" : first + "-" + last;
    }
}
