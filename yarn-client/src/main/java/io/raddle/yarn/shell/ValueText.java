package io.raddle.yarn.shell;

import io.raddle.Rdd;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values as the prompt shows them. An Rdd shows its lineage: nothing here runs a job. Stateless. */
final class ValueText {
    /** Of a text in quotation marks and of all others. */
    private static final int LONGEST = 2000;

    String of(@Nullable Object value) {
        if (value instanceof String string) {
            return cut("\"" + string + "\"");
        }
        if (value instanceof Character character) {
            return "'" + character + "'";
        }
        if (value instanceof Object[] array) {
            return cut(Arrays.deepToString(array));
        }
        if (value != null && value.getClass().isArray()) {
            return cut(Arrays.deepToString(new Object[] {value}).replaceFirst("^\\[(.*)]$", "$1"));
        }
        if (value instanceof Rdd<?> rdd) {
            return rdd.toDebugString().stripTrailing();
        }
        return cut(Objects.toString(value));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
