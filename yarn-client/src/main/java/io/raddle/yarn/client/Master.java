package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an application runs. */
sealed interface Master {
    Pattern LOCAL = Pattern.compile("local(?:\\[(\\d{1,4}|\\*)])?");

    /** The cluster that HADOOP_CONF_DIR names. */
    record Yarn() implements Master {}

    /** A cluster of our own that lives as long as the application. */
    record Embedded() implements Master {}

    /** This process. */
    record Local(int slots) implements Master {}

    static Master parse(String text) {
        Matcher local = LOCAL.matcher(text);
        if (text.equals("yarn")) {
            return new Yarn();
        }
        if (text.equals("embedded")) {
            return new Embedded();
        }
        if (local.matches()) {
            String slots = local.group(1) == null ? "1" : local.group(1);
            int count = slots.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(slots);
            if (count > 0) {
                return new Local(count);
            }
        }
        throw new RaddleException(new Cause.InvalidInput(
                "--master " + text + " is not known.", "Use yarn, embedded, local, local[4] or local[*]."));
    }
}
