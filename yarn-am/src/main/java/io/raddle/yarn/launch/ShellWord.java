package io.raddle.yarn.launch;

/**
 * Quoting for YARN's launch script, which runs a command as {@code exec /bin/bash -c "<command>"}: a word passes two
 * shells, the outer of which sees it between double quotes. The NodeManager's own {@code {{NAME}}} and {@code <LOG_DIR>}
 * are replaced before either and need no quoting.
 */
final class ShellWord {
    private static final String SAFE = "@%+=:,./_-{}";

    private ShellWord() {}

    /** The word as the process shall see it. */
    static String quote(String word) {
        if (!word.isEmpty() && word.chars().allMatch(ShellWord::isSafe)) {
            return word;
        }
        String inner = "'" + word.replace("'", "'\\''") + "'";
        return inner.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("`", "\\`");
    }

    private static boolean isSafe(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || SAFE.indexOf(c) >= 0);
    }
}
