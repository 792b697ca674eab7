package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program that has one jar of ours on its class path, beside those of an installation of Hadoop. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class OneJarIT {
    private static final Path RADDLE = RealCluster.project().resolve("yarn-client/target/raddle/raddle.jar");
    /** What the one jar has in itself under other names, and so is not beside it. */
    private static final List<String> BROUGHT = List.of(
            "/io/grpc/",
            "/io/netty/",
            "/io/perfmark/",
            "/com/google/",
            "/esotericsoftware/",
            "/objenesis/",
            "/ow2/asm/");
    /** Names that libraries of other versions have too; these are of none. */
    private static final List<String> OWN = List.of(
            "com.google.common.base.Preconditions",
            "com.google.protobuf.ByteString",
            "io.grpc.Status",
            "io.netty.buffer.ByteBuf");

    private static final String PROGRAM = """
            package mine;

            import io.raddle.Session;
            import io.raddle.function.Pair;
            import java.util.List;

            public class Main {
                record Item(int number, String name) implements java.io.Serializable {}

                public static void main(String[] words) {
                    try (Session session = Session.builder()
                            .name("one jar")
                            .master("yarn")
                            .config("raddle.executor.instances", "1")
                            .config("raddle.executor.memory", "512m")
                            .build()) {
                        var offset = session.broadcast(new int[] {40});
                        var seen = session.longAccumulator("seen");
                        System.out.println(session.parallelize(List.of(1, 2, 3), 2)
                                .map(n -> {
                                    seen.add(1);
                                    return new Item(n + offset.value()[0], io.grpc.Status.mine());
                                })
                                .collect());
                        System.out.println(session.range(0, 100, 1, 4)
                                .mapToPair(n -> Pair.of(n % 3, 1))
                                .reduceByKey(Integer::sum)
                                .sortByKey()
                                .collect());
                        System.out.println(seen.value() + " " + com.google.protobuf.ByteString.mine());
                    }
                }
            }
            """;

    /** What has the program in a loader of its own, as services and notebooks do. */
    private static final String HOST = """
            import java.net.URL;
            import java.net.URLClassLoader;
            import java.nio.file.Path;

            public class Host {
                public static void main(String[] words) throws Exception {
                    URL[] places = {Path.of(words[0]).toUri().toURL()};
                    try (URLClassLoader loader = new URLClassLoader(places)) {
                        Thread.currentThread().setContextClassLoader(loader);
                        loader.loadClass("mine.Main").getMethod("main", String[].class).invoke(null, (Object) words);
                    }
                }
            }
            """;

    private static final String RESULTS = """
            [Item[number=41, name=my own], Item[number=42, name=my own], Item[number=43, name=my own]]
            [(0,34), (1,33), (2,33)]
            3 my own
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void compile() throws Exception {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        for (String name : OWN) {
            int dot = name.lastIndexOf('.');
            compile(
                    Files.writeString(
                            sources.resolve(name.substring(dot + 1) + ".java"),
                            "package %s; public class %s { public static String mine() { return \"my own\"; } }"
                                    .formatted(name.substring(0, dot), name.substring(dot + 1))),
                    classes(),
                    "");
        }
        compile(Files.writeString(sources.resolve("Main.java"), PROGRAM), classes(), RADDLE.toString());
    }

    @Test
    void runsBesideHadoopAndOtherLibrariesOfTheSameNames(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = run(cluster, "one-jar", classes(), "mine.Main");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(RESULTS);
        Leftovers.none(cluster, "one-jar", directory);
    }

    @Test
    void shipsTheClassesOfALoaderThatTheProgramHasForItself(RealCluster.Address cluster) throws Exception {
        Path host = directory.resolve("host");
        compile(Files.writeString(directory.resolve("sources/Host.java"), HOST), host, "");

        SubmitProcess.Result result = run(cluster, "hosted", host, "Host " + classes());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(RESULTS);
    }

    @Test
    void hasNoPackageThatIsNotOurs() throws Exception {
        try (JarFile jar = new JarFile(RADDLE.toFile())) {
            assertThat(jar.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class"))
                            .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                            .filter(name -> !name.startsWith("io/raddle/"))
                            // Native code finds these by their names.
                            .filter(name -> !name.startsWith("net/jpountz/") && !name.startsWith("com/github/luben/")))
                    .isEmpty();
        }
    }

    @Test
    void saysNothingOfHowItsProgramLogs() throws Exception {
        try (JarFile jar = new JarFile(RADDLE.toFile())) {
            assertThat(jar.getEntry("simplelogger.properties")).isNull();
        }
    }

    @Test
    void knowsAnInstallationOfHadoopByWhereItsJarsAre() {
        assertThat(YarnSessions.installation(Path.of("/opt/hadoop/share/hadoop/common/hadoop-common-3.4.1.jar")))
                .contains(Path.of("/opt/hadoop/share/hadoop"));
        assertThat(YarnSessions.installation(Path.of("/home/me/.m2/hadoop-common/3.4.1/hadoop-common-3.4.1.jar")))
                .isEmpty();
    }

    private SubmitProcess.Result run(RealCluster.Address cluster, String user, Path first, String words)
            throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = java + " -Djava.io.tmpdir=" + SubmitProcess.temporary(directory) + " -cp "
                + String.join(File.pathSeparator, first.toString(), RADDLE.toString(), hadoop()) + " " + words;
        return new SubmitProcess(directory).on(cluster).as(user).shell(directory, command);
    }

    /** Jars as an installation has them, of the versions that the build uses. */
    private String hadoop() throws Exception {
        Path common = Files.createDirectories(directory.resolve("share/hadoop/common"));
        String all = Files.readString(RealCluster.project().resolve("yarn-client/target/runtime-jars.txt"));
        for (String jar : all.strip().split(File.pathSeparator)) {
            if (BROUGHT.stream().noneMatch(jar::contains)) {
                Path of = Path.of(jar);
                Files.createSymbolicLink(common.resolve(of.getFileName()), of);
            }
        }
        try (Stream<Path> jars = Files.list(common)) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private Path classes() {
        return directory.resolve("classes");
    }

    private static void compile(Path source, Path to, String classPath) {
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                to + File.pathSeparator + classPath,
                                "-d",
                                to.toString(),
                                source.toString()))
                .isZero();
    }
}
