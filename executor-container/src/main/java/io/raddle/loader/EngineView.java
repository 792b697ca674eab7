package io.raddle.loader;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an application sees of the engine's class path: a question of names only. Immutable. */
final class EngineView {
    private static final Set<String> PUBLIC_PACKAGES = Set.of("io.raddle", "io.raddle.function", "io.raddle.fault");
    private static final Pattern HADOOP_SETTINGS = Pattern.compile("[a-z-]+-(default|site)\\.xml|hadoop-policy\\.xml");
    private static final String SERVICES = "META-INF/services/";
    private static final Set<String> JDK_PACKAGES = ModuleLayer.boot().modules().stream()
            .filter(module ->
                    module.getName().startsWith("java.") || module.getName().startsWith("jdk."))
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private EngineView() {}

    static boolean isJdk(String className) {
        return className.startsWith("java.") || JDK_PACKAGES.contains(packageOf(className));
    }

    static boolean showsClass(String className) {
        return className.startsWith("org.apache.hadoop.")
                || className.startsWith("org.slf4j.")
                || PUBLIC_PACKAGES.contains(packageOf(className))
                || className.equals(Exit.class.getName());
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
