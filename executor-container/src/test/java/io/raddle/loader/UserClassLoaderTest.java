package io.raddle.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import io.raddle.function.Function;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserClassLoaderTest {
    @TempDir
    Path directory;

    private Jars jars;

    @BeforeEach
    void startWithNoJar() {
        jars = new Jars(directory);
    }

    private static UserClassLoader loaderOf(Path... jars) {
        return new UserClassLoader(List.of(jars), UserClassLoaderTest.class.getClassLoader(), code -> {});
    }

    private static Object run(UserClassLoader loader, String className) throws Exception {
        Object program = loader.loadClass(className).getConstructor().newInstance();
        return loader.call((Callable<?>) program, code -> {});
    }

    private static String program(String name, String body) {
        return "public class " + name + " implements java.util.concurrent.Callable<Object> {"
                + " public Object call() throws Exception { " + body + " } }";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.netty.buffer.ByteBuf",
                "com.google.common.collect.ImmutableList",
                "com.google.protobuf.Message",
                "com.fasterxml.jackson.core.JsonFactory",
                "io.grpc.ManagedChannel",
                "com.esotericsoftware.kryo.Kryo",
                "org.objectweb.asm.ClassReader",
                "io.raddle.closure.ClosureCodec",
                "io.raddle.loader.UserClassLoader",
                "io.raddle.wire.Channels",
                "javax.annotation.CheckForNull",
                "org.junit.jupiter.api.Test"
            })
    void hidesWhatTheEngineStandsOn(String name) throws Exception {
        try (UserClassLoader bare = loaderOf()) {
            assertThatThrownBy(() -> bare.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
            String file = name.replace('.', '/') + ".class";
            assertThat(bare.getResource(file)).isNull();
            assertThat(bare.getResourceAsStream(file)).isNull();
            assertThat(bare.getResources(file).hasMoreElements()).isFalse();
        }
    }

    @Test
    void hidesTheServicesAndPropertiesOfTheEngine() throws Exception {
        String services = "META-INF/services/io.grpc.ManagedChannelProvider";
        String properties = "META-INF/io.netty.versions.properties";
        ClassLoader engine = getClass().getClassLoader();
        assertThat(engine.getResource(services)).isNotNull();
        assertThat(engine.getResource(properties)).isNotNull();
        try (UserClassLoader bare = loaderOf()) {
            assertThat(bare.getResource(services)).isNull();
            assertThat(bare.getResource(properties)).isNull();
            assertThat(Collections.list(bare.getResources("META-INF/MANIFEST.MF")))
                    .isEqualTo(Collections.list(
                            ClassLoader.getPlatformClassLoader().getResources("META-INF/MANIFEST.MF")));
            assertThat(ServiceLoader.load(org.slf4j.spi.SLF4JServiceProvider.class, bare))
                    .hasSameSizeAs(ServiceLoader.load(org.slf4j.spi.SLF4JServiceProvider.class, engine).stream()
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.sql.Connection",
                "javax.xml.parsers.SAXParser",
                "com.sun.net.httpserver.HttpServer",
                "jdk.jshell.JShell",
                "io.raddle.function.Function",
                "io.raddle.fault.RaddleException",
                "io.raddle.loader.Exit",
                "org.apache.hadoop.conf.Configuration",
                "org.apache.hadoop.fs.FileSystem",
                "org.slf4j.Logger"
            })
    void showsTheJdkAndThePublicPartOfTheEngine(String name) throws Exception {
        try (UserClassLoader bare = loaderOf()) {
            assertThat(bare.loadClass(name)).isSameAs(Class.forName(name));
        }
    }

    @Test
    void letsUserCodeUseHadoopWithItsDefaults() throws Exception {
        try (UserClassLoader bare = loaderOf()) {
            Callable<String> scheme = () -> {
                Configuration configuration = new Configuration();
                assertThat(configuration.getClassLoader()).isSameAs(bare);
                assertThat(configuration.get("io.file.buffer.size")).isNotNull();
                return FileSystem.get(directory.toUri(), configuration).getScheme();
            };
            assertThat(bare.call(scheme, code -> {})).isEqualTo("file");
        }
    }

    @Test
    void loadsAnApplicationThatBringsOtherVersionsOfWhatWeUse() throws Exception {
        List<String> ours = List.of(
                "com.google.common.collect.ImmutableList",
                "com.fasterxml.jackson.core.JsonFactory",
                "io.grpc.ManagedChannel",
                "com.google.protobuf.Message",
                "io.netty.buffer.ByteBuf");
        for (String name : ours) {
            int dot = name.lastIndexOf('.');
            jars.source(
                    name,
                    "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1)
                            + " { public static String version() { return \"another\"; } }",
                    "-classpath",
                    directory.toString());
        }
        jars.with("META-INF/io.netty.versions.properties", "version=another");
        Path libraries = jars.jar("libraries.jar");
        StringBuilder body = new StringBuilder("StringBuilder all = new StringBuilder();");
        ours.forEach(name -> body.append("all.append(").append(name).append(".version()).append(' ');"));
        jars.source("Program", program("Program", body + "return all.toString();"), "-classpath", libraries.toString());
        try (UserClassLoader loader = loaderOf(jars.jar("program.jar"), libraries)) {
            assertThat(run(loader, "Program")).isEqualTo("another ".repeat(5));
            try (InputStream in = loader.getResourceAsStream("META-INF/io.netty.versions.properties")) {
                assertThat(in).hasContent("version=another");
            }
            assertThat(Collections.list(loader.getResources("META-INF/io.netty.versions.properties")))
                    .hasSize(1);
        }
    }

    @Test
    void tellsAnApplicationWithoutThemThatTheyAreAbsent() throws Exception {
        jars.source("Program", program("Program", "return io.netty.buffer.Unpooled.buffer();"));
        try (UserClassLoader loader = loaderOf(jars.jar("program.jar"))) {
            assertThatThrownBy(() -> run(loader, "Program"))
                    .isInstanceOf(NoClassDefFoundError.class)
                    .hasRootCauseInstanceOf(ClassNotFoundException.class)
                    .hasMessageContaining("io/netty/buffer/");
        }
    }

    @Test
    void sharesTheFunctionTypesWithTheEngine() throws Exception {
        jars.source(
                "Upper",
                "public class Upper implements io.raddle.function.Function<String, String> {"
                        + " public String call(String text) { return text.toUpperCase(); } }");
        try (UserClassLoader loader = loaderOf(jars.jar("program.jar"))) {
            @SuppressWarnings("unchecked")
            Function<String, String> upper = (Function<String, String>)
                    loader.loadClass("Upper").getConstructor().newInstance();
            assertThat(upper.call("raddle")).isEqualTo("RADDLE");
        }
    }

    @Test
    void findsTheServicesThatTheApplicationBrings() throws Exception {
        jars.sources(Map.of(
                        "app.Greeting",
                        "package app; public interface Greeting { String text(); }",
                        "app.Hello",
                        "package app; public class Hello implements Greeting {"
                                + " public String text() { return \"hello\"; } }"))
                .with("META-INF/services/app.Greeting", "app.Hello\n")
                .source(
                        "Program",
                        program(
                                "Program",
                                "return java.util.ServiceLoader.load(app.Greeting.class).findFirst().get().text();"),
                        "-classpath",
                        directory.resolve("classes-0").toString());
        try (UserClassLoader loader = loaderOf(jars.jar("program.jar"))) {
            assertThat(run(loader, "Program")).isEqualTo("hello");
        }
    }

    @Test
    void prefersTheFirstJarAndReadsDirectoriesAndClassPathsOfManifests() throws Exception {
        Path linked = jars.source("Linked", program("Linked", "return 3;")).jar("linked.jar");
        Path first = jars.source("Program", program("Program", "return 1;")).jar("first.jar");
        Path second = jars.source("Program", program("Program", "return 2;"))
                .source("Other", program("Other", "return getClass().getPackageName();"))
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: linked.jar\n\n")
                .jar("second.jar");
        assertThat(linked).exists();
        Path loose = Files.createDirectory(directory.resolve("loose"));
        Files.write(
                loose.resolve("Loose.class"),
                jars.source("Loose", program("Loose", "return 4;")).bytesOf("Loose.class"));
        try (UserClassLoader loader = loaderOf(first, second, loose)) {
            assertThat(run(loader, "Program")).isEqualTo(1);
            assertThat(run(loader, "Other")).isEqualTo("");
            assertThat(run(loader, "Linked")).isEqualTo(3);
            assertThat(run(loader, "Loose")).isEqualTo(4);
        }
    }

    @Test
    void readsTheManifestForPackagesAndTheRightVersionOfMultiReleaseJars() throws Exception {
        byte[] newer = jars.source("app.Release", "package app; " + program("Release", "return 17;"))
                .bytesOf("app/Release.class");
        jars.source("app.Release", "package app; " + program("Release", "return 8;"))
                .with("META-INF/versions/17/app/Release.class", newer)
                .with(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nMulti-Release: true\nImplementation-Version: 4.2\n\n");
        Path jar = jars.jar("release.jar");
        try (UserClassLoader loader = loaderOf(jar)) {
            assertThat(run(loader, "app.Release")).isEqualTo(17);
            assertThat(loader.loadClass("app.Release").getPackage().getImplementationVersion())
                    .isEqualTo("4.2");
            assertThat(loader.loadClass("app.Release")
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation())
                    .isEqualTo(jar.toUri().toURL());
        }
    }

    @Test
    void definesEachClassOnceWhenManyThreadsWantIt() throws Exception {
        Path jar = jars.source("Program", program("Program", "return 1;")).jar("program.jar");
        try (UserClassLoader loader = loaderOf(jar)) {
            Set<Object> loaded = ConcurrentHashMap.newKeySet();
            CyclicBarrier barrier = new CyclicBarrier(8);
            List<Thread> threads = Collections.nCopies(8, (Runnable) () -> {
                        try {
                            barrier.await();
                            loaded.add(loader.loadClass("Program"));
                        } catch (Exception e) {
                            loaded.add(e);
                        }
                    })
                    .stream()
                    .map(Thread::new)
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(loaded).containsExactly(loader.loadClass("Program"));
        }
    }

    @Test
    void isTheContextOfTheThreadWhileUserCodeRuns() throws Exception {
        try (UserClassLoader loader = loaderOf()) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Callable<ClassLoader> context = () -> Thread.currentThread().getContextClassLoader();
            assertThat(loader.call(context, code -> {})).isSameAs(loader);
            assertThat(context.call()).isSameAs(before);
        }
    }

    @Test
    void opensNoJarAfterItWasClosed() throws Exception {
        Path jar = jars.source("Program", program("Program", "return 1;"))
                .source("Late", program("Late", "return 2;"))
                .jar("program.jar");
        UserClassLoader loader = loaderOf(jar);
        Class<?> loaded = loader.loadClass("Program");
        loader.close();
        assertThat(loader.loadClass("Program")).isSameAs(loaded);
        assertThatThrownBy(() -> loader.loadClass("Late"))
                .isInstanceOf(ClassNotFoundException.class)
                .hasRootCauseMessage(jar + " was closed with its class loader");
    }

    @Test
    void refusesAJarThatIsNotThereOrIsNotOne() throws Exception {
        Path missing = directory.resolve("missing.jar");
        assertThatThrownBy(() -> loaderOf(missing))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining(missing + " does not exist");
        Path broken = Files.writeString(directory.resolve("broken.jar"), "no zip", StandardCharsets.UTF_8);
        try (UserClassLoader loader = loaderOf(broken)) {
            assertThatThrownBy(() -> loader.loadClass("Program"))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageContaining(broken + " is not a jar");
        }
    }
}
