package io.raddle.config;

/** The ports that a process may listen on, both ends included; {@link #ANY} leaves the choice to the system. */
public record PortRange(int first, int last) {
    /** Any port that is free. */
    public static final PortRange ANY = new PortRange(0, 0);

    static PortRange parse(String text) {
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
        if (first < 1024 || last > 65535 || first > last) {
            throw new IllegalArgumentException("is out of range");
        }
        return new PortRange(first, last);
    }

    @Override
    public String toString() {
        return equals(ANY) ? "" : first + "-" + last;
    }
}
