package io.raddle.yarn.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How JShell names classes, in their internal form: one around each line, and what a line defines inside of it. */
final class SnippetNames {
    static final String PACKAGE = "REPL/";
    /** A line that was typed anew without another name has a body of its own beside its class. */
    private static final String AGAIN = "$again$";

    private static final Pattern WRAPPER = Pattern.compile("REPL/\\$JShell\\$\\d+[A-Z]*(\\$again\\$\\d+)?");

    private static final Pattern NUMBER = Pattern.compile("^REPL/\\$JShell\\$(\\d+)");

    private SnippetNames() {}

    static boolean isSnippet(String internalName) {
        return internalName.startsWith(PACKAGE);
    }

    /** Whether it is the class around a line, whose static fields are variables. */
    static boolean isWrapper(String internalName) {
        return WRAPPER.matcher(internalName).matches();
    }

    /** The number of the line that a class belongs to. */
    static int line(String internalName) {
        Matcher number = NUMBER.matcher(internalName);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    static String again(String wrapper, int count) {
        return wrapper + AGAIN + count;
    }

    /** As a person wrote it: a class without what JShell put around it. */
    static String simple(String internalName) {
        int end = internalName.lastIndexOf('$');
        return isWrapper(internalName) ? "the line" : internalName.substring(end + 1);
    }
}
