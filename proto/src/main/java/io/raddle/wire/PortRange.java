package io.raddle.wire;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;

/** Ports that a server may listen on, both ends included; {@link #ANY} lets the system choose. */
public record PortRange(int first, int last) {
    /** A port that the system chooses. */
    public static final PortRange ANY = new PortRange(0, 0);

    public PortRange {
        boolean any = first == 0 && last == 0;
        if (!any && (first < 1 || last > 65535 || first > last)) {
            throw invalid(first + "-" + last);
        }
    }

    /** Reads {@code "40000-40100"}, {@code "40000"}, or {@code ""} for any port. */
    public static PortRange parse(String text) {
        if (text.isBlank()) {
            return ANY;
        }
        String[] ends = text.strip().split("-", 2);
        try {
            int first = Integer.parseInt(ends[0].strip());
            return new PortRange(first, ends.length == 1 ? first : Integer.parseInt(ends[1].strip()));
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
    }

    private static RaddleException invalid(String text) {
        return new RaddleException(new Cause.InvalidInput(
                "\"" + text + "\" is not a port range.", "Write two ports from 1 to 65535, such as 40000-40100."));
    }
}
