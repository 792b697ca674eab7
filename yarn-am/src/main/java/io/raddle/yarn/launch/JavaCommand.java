package io.raddle.yarn.launch;

import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command line of one of our JVMs. */
final class JavaCommand {
    /** A class-data archive among the engine's resources is known by the end of its link. */
    private static final String CLASS_DATA_SUFFIX = ".jsa";

    /** Parallel collection pays only with a second core and a heap that takes long to walk. */
    private static final int SERIAL_GC_BELOW_MIB = 1792;

    /**
     * glibc otherwise keeps up to eight arenas of 64 MiB per core, none of which the JVM counts. In the container's
     * environment it would come out as "2:2", because NodeManagers append their own value to ours.
     */
    private static final String ARENAS = "MALLOC_ARENA_MAX=2";

    private static final List<String> FIXED_OPTIONS = List.of(
            "-D" + ContainerLogs.DIRECTORY_PROPERTY + "=<LOG_DIR>",
            "-Djava.io.tmpdir={{PWD}}/tmp",
            "-Djava.net.preferIPv4Stack=true",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");

    private final ApplicationSpec spec;
    private final String mainClass;

    JavaCommand(ApplicationSpec spec, String mainClass) {
        this.spec = spec;
        this.mainClass = mainClass;
    }

    /** One line for a launch context. The user's own options come last among the options, so they prevail. */
    String line(List<String> memoryOptions, int cores, int memoryMib, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(ARENAS);
        words.add("exec");
        words.add(ShellWord.quote(spec.getJava()));
        Stream.of(
                        memoryOptions.stream(),
                        Stream.of(collector(cores, memoryMib)),
                        bufferArenas(cores).stream(),
                        classData().stream(),
                        FIXED_OPTIONS.stream(),
                        spec.getJavaOptionsList().stream(),
                        Stream.of("-cp", spec.getClassPath(), mainClass),
                        arguments.stream())
                .flatMap(part -> part)
                .map(ShellWord::quote)
                .forEach(words::add);
        words.add("1><LOG_DIR>/" + ContainerLogs.STDOUT);
        words.add("2><LOG_DIR>/" + ContainerLogs.STDERR);
        return String.join(" ", words);
    }

    private static String collector(int cores, int memoryMib) {
        return cores <= 1 || memoryMib < SERIAL_GC_BELOW_MIB ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC";
    }

    /** Netty counts the cores of the node, not ours; each arena that is touched keeps a chunk of megabytes. */
    private static List<String> bufferArenas(int cores) {
        return List.of("-Dio.netty.allocator.numDirectArenas=" + cores, "-Dio.netty.allocator.numHeapArenas=" + cores);
    }

    /**
     * The archive lies at the address it was made for, so that its pages are shared among the JVMs of a node and need no
     * patching at the start; elsewhere each process would write 50 MiB of its own. (The switch is a diagnostic one.)
     */
    private List<String> classData() {
        return classDataLink(spec)
                .map(link -> List.of(
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-XX:SharedArchiveFile=" + link,
                        "-Xshare:auto",
                        "-Xlog:cds=off"))
                .orElse(List.of());
    }

    /** Where the class-data archive that is shipped lies. */
    static Optional<String> classDataLink(ApplicationSpec spec) {
        return spec.getEngineList().stream()
                .map(Resource::getLink)
                .filter(link -> link.endsWith(CLASS_DATA_SUFFIX))
                .findFirst();
    }
}
