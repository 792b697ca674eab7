package io.raddle.loader;

import io.raddle.snippet.Scope;
import io.raddle.snippet.Variables;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What an application sees of the engine's class path: a question of names only. Immutable. */
public final class EngineView {
    private static final Set<String> PUBLIC_PACKAGES =
            Set.of("io.raddle", "io.raddle.function", "io.raddle.fault", "io.raddle.shared");
    /** Public only because rewritten classes of applications call them. */
    private static final Set<String> CALLED =
            Set.of(Exit.class.getName(), Scope.class.getName(), Variables.class.getName());

    private static final Pattern HADOOP_SETTINGS = Pattern.compile("[a-z-]+-(default|site)\\.xml|hadoop-policy\\.xml");
    private static final String SERVICES = "META-INF/services/";
    private static final List<String> JDK_PREFIXES =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.w3c.dom.", "org.xml.sax.", "org.ietf.jgss.");

    private EngineView() {}

    /** Whether the JDK may have a class of this name; that it is in a named module says that it has. */
    static boolean mayBeJdk(String className) {
        for (String prefix : JDK_PREFIXES) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an application sees the class of this name, where the engine brings it. */
    public static boolean showsClass(String className) {
        return className.startsWith("org.apache.hadoop.")
                || className.startsWith("org.slf4j.")
                || PUBLIC_PACKAGES.contains(packageOf(className))
                || CALLED.contains(className);
    }

    /** A resource is shown like a class of its directory; a list of services like the service. */
    static boolean showsResource(String name) {
        if (name.startsWith(SERVICES)) {
            return showsClass(name.substring(SERVICES.length()));
        }
        return name.startsWith("org/apache/hadoop/")
                || name.startsWith("org/slf4j/")
                || PUBLIC_PACKAGES.contains(packageOf(name.replace('/', '.').replaceFirst("\\.class$", "")))
                || HADOOP_SETTINGS.matcher(name).matches();
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
