package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** In driver and task alike an application meets the libraries that it brings, and none of the engine's. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class OwnLibrariesIT {
    /** Classes that the engine has too, but not these. */
    private static final List<String> BROUGHT = List.of(
            "com.google.common.base.Strings",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.google.protobuf.ByteString",
            "io.grpc.Status",
            "io.netty.buffer.ByteBuf");
    /** Classes that only the engine has. */
    private static final List<String> HIDDEN = List.of(
            "com.google.common.collect.ImmutableList",
            "com.google.protobuf.Message",
            "io.grpc.ManagedChannel",
            "io.netty.channel.Channel",
            "com.esotericsoftware.kryo.Kryo",
            "io.raddle.executor.ExecutorMain");

    @TempDir
    Path directory;

    @Test
    void showsOnlyWhatTheApplicationBringsInDriverAndTask(RealCluster.Address cluster) throws Exception {
        String[] names = Stream.concat(BROUGHT.stream(), HIDDEN.stream()).toArray(String[]::new);
        for (String name : names) {
            assertThat(Class.forName(name)).as("a class of the engine").isNotNull();
        }
        Path program = Files.writeString(directory.resolve("Libraries.java"), """
                import com.google.common.base.Strings;
                import io.raddle.Session;
                import java.util.List;

                public class Libraries {
                    public static void main(String[] names) {
                        System.out.println("driver: " + Strings.mine() + " " + found(List.of(names)));
                        List<String> all = List.of(names);
                        try (Session session = Session.builder().name("libraries").build()) {
                            session.parallelize(List.of(1), 1)
                                    .map(number -> Strings.mine() + " " + found(all))
                                    .collect()
                                    .forEach(line -> System.out.println("task: " + line));
                        }
                    }

                    private static List<String> found(List<String> names) {
                        return names.stream().filter(Libraries::exists).toList();
                    }

                    private static boolean exists(String name) {
                        try {
                            Class.forName(name);
                            return true;
                        } catch (ClassNotFoundException e) {
                            return false;
                        }
                    }
                }
                """);

        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("own-libraries")
                .run(Small.with(List.of("--jars", jar().toString()), Small.options(program.toString(), names)));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("driver: my own " + BROUGHT + "\ntask: my own " + BROUGHT + "\n");
        Leftovers.none(cluster, "own-libraries", directory);
    }

    private Path jar() throws IOException {
        Path sources = Files.createDirectory(directory.resolve("sources"));
        Path classes = Files.createDirectory(directory.resolve("classes"));
        for (String name : BROUGHT) {
            int dot = name.lastIndexOf('.');
            String simple = name.substring(dot + 1);
            Path source = Files.writeString(
                    sources.resolve(simple + ".java"),
                    "package %s; public class %s { public static String mine() { return \"my own\"; } }"
                            .formatted(name.substring(0, dot), simple));
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, "--release", "17", "-d", classes.toString(), source.toString()))
                    .isZero();
        }
        Path jar = directory.resolve("own.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : BROUGHT) {
                String entry = name.replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                Files.copy(classes.resolve(entry), out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
