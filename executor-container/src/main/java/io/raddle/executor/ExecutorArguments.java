package io.raddle.executor;

import io.raddle.wire.PortRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The command line of an executor process: pairs of an option and its value, each given once. */
record ExecutorArguments(
        int id,
        long incarnation,
        Endpoint endpoint,
        String stagingDirectory,
        int slots,
        int memoryMib,
        int nodePort,
        String rack,
        PortRange ports) {
    private static final Set<String> OPTIONS = Set.of(
            "--id",
            "--incarnation",
            "--endpoint",
            "--staging",
            "--slots",
            "--memory-mib",
            "--node-port",
            "--rack",
            "--ports");

    /** Throws an IllegalArgumentException whose message is one sentence for the log. */
    static ExecutorArguments parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int at = 0; at < arguments.length; at += 2) {
            String option = arguments[at];
            if (!OPTIONS.contains(option) || at + 1 == arguments.length) {
                throw new IllegalArgumentException("An executor does not understand " + option + ".");
            }
            given.put(option, arguments[at + 1]);
        }
        for (String option : OPTIONS) {
            if (!given.containsKey(option)) {
                throw new IllegalArgumentException("An executor needs " + option + ".");
            }
        }
        return new ExecutorArguments(
                number(given, "--id").intValue(),
                number(given, "--incarnation"),
                endpoint(given.getOrDefault("--endpoint", "")),
                given.getOrDefault("--staging", ""),
                number(given, "--slots").intValue(),
                number(given, "--memory-mib").intValue(),
                number(given, "--node-port").intValue(),
                given.getOrDefault("--rack", ""),
                ports(given.getOrDefault("--ports", "")));
    }

    private static Long number(Map<String, String> given, String option) {
        try {
            return Long.valueOf(given.getOrDefault(option, ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + given.get(option) + ".", e);
        }
    }

    private static PortRange ports(String range) {
        String[] ends = range.split("-", -1);
        try {
            return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("--ports needs first-last, not " + range + ".", e);
        }
    }

    private static Endpoint endpoint(String address) {
        int colon = address.lastIndexOf(':');
        try {
            return new Endpoint(0, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("--endpoint needs host:port, not " + address + ".", e);
        }
    }
}
