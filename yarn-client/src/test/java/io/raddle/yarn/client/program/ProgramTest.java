package io.raddle.yarn.client.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class ProgramTest {
    private static final int PUBLIC_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    @TempDir
    Path directory;

    @Test
    void compilesASourceFileIntoAJarThatRuns() throws Exception {
        Path source = source("""
                package org.example;
                public class Hello {
                    public static String greeting = "none";
                    public static void main(String[] words) { greeting = "hello " + words[0]; }
                }
                """);

        Program program = Program.of(source, Optional.empty(), List.of(), directory);

        assertThat(program.mainClass()).isEqualTo("org.example.Hello");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {program.jars().get(0).toUri().toURL()}, null)) {
            Class<?> main = loader.loadClass(program.mainClass());
            main.getMethod("main", String[].class).invoke(null, (Object) new String[] {"world"});
            assertThat(main.getField("greeting").get(null)).isEqualTo("hello world");
        }
    }

    @Test
    void makesEqualJarsOfEqualSources() throws IOException {
        Path source = source("public class Hello { public static void main(String[] words) {} }");
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));

        Path first = Program.of(source, Optional.empty(), List.of(), one).jars().get(0);
        Path second =
                Program.of(source, Optional.empty(), List.of(), two).jars().get(0);

        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void compilesAgainstNothingThatIsHiddenFromItWhenItRuns() throws IOException {
        for (String hidden : List.of("com.google.common.base.Strings", "io.grpc.Status")) {
            Path source =
                    source("import " + hidden + ";\npublic class Hello { public static void main(String[] words) {} }");

            assertThatThrownBy(() -> Program.of(source, Optional.empty(), List.of(), directory))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageContaining("Hello.java:1: ")
                    .hasMessageContaining("    > import " + hidden + ";\nMend the source");
        }
    }

    @Test
    void refusesNamesOfTheEnginesInsidesWhereverTheyStand() throws IOException {
        Path source = source("""
                import io.raddle.plan.Lineage;
                import io.raddle.plan.*;
                public class Hello {
                    static class Inner { java.util.List<io.raddle.schedule.Event> events; }
                    public static void main(String[] words) { Object stage = Stage.class; }
                }
                class Other implements io.raddle.closure.NotShippable {}
                """);

        assertThatThrownBy(() -> Program.of(source, Optional.empty(), List.of(), directory))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("Hello.java:1: io.raddle.plan.Lineage is inside of Raddle")
                .hasMessageContaining("Hello.java:4: io.raddle.schedule.Event is inside of Raddle")
                .hasMessageContaining("Hello.java:5: io.raddle.plan.Stage is inside of Raddle")
                .hasMessageContaining("Hello.java:7: io.raddle.closure.NotShippable is inside of Raddle");
    }

    @Test
    void compilesAgainstThePublicClassesOfOurs() throws IOException {
        Path source = source("""
                public class Hello {
                    public static void main(String[] words) {
                        try (io.raddle.Session session = io.raddle.Session.builder().name("hello").build()) {
                            session.parallelize(java.util.List.of(1)).map(number -> 1 / number).collect();
                        }
                    }
                }
                """);

        assertThat(Program.of(source, Optional.empty(), List.of(), directory).mainClass())
                .isEqualTo("Hello");
    }

    @Test
    void compilesAgainstTheApplicationsLibrariesBeforeOurs() throws IOException {
        Path work = Files.createDirectory(directory.resolve("library"));
        Path library = Files.writeString(directory.resolve("Strings.java"), """
                package com.google.common.base;
                public class Strings {
                    public static String mine() { return "mine"; }
                    public static void main(String[] words) {}
                }
                """);
        Path jar = Program.of(library, Optional.empty(), List.of(), work).jars().get(0);
        Path source = source("""
                public class Hello {
                    public static void main(String[] words) { com.google.common.base.Strings.mine(); }
                }
                """);

        assertThat(Program.of(source, Optional.empty(), List.of(jar), directory).jars())
                .contains(jar);
    }

    @Test
    void saysThatAJavaWithoutCompilerCannotCompile() {
        assertThatThrownBy(() -> SourceCompiler.compiler(Optional.empty()))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("This Java (" + System.getProperty("java.home") + ") has no compiler")
                .hasMessageContaining("Set JAVA_HOME to a JDK 17 or newer, or submit a jar.");
    }

    @Test
    void saysFileAndLineOfEachError() throws IOException {
        Path source = source("public class Hello {\n  int one = \"1\";\n  void two() { nothing(); }\n}\n");

        assertThatThrownBy(() -> Program.of(source, Optional.empty(), List.of(), directory))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("does not compile")
                .hasMessageContaining("Hello.java:2: incompatible types")
                .hasMessageContaining("Hello.java:3: cannot find symbol");
    }

    @Test
    void saysThatASourceFileHasNoMain() throws IOException {
        Path source = source("public class Hello { static void greet(String name) {} }");

        assertThatThrownBy(() -> Program.of(source, Optional.empty(), List.of(), directory))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("Hello.java has no main method.");
    }

    @Test
    void startsTheClassThatHasMainWhereTheOneNamedLikeTheFileHasNone() throws IOException {
        Path source = source("public class Hello {} class Starts { public static void main(String[] words) {} }");

        assertThat(Program.of(source, Optional.empty(), List.of(), directory).mainClass())
                .isEqualTo("Starts");
    }

    @Test
    void saysThatAJarOrAClassIsMissing() throws IOException {
        Path jar = jar(Optional.empty(), "org/example/Main.class");

        assertThatThrownBy(() -> Program.of(jar, Optional.empty(), List.of(), directory))
                .hasMessageContaining("names no main class in its manifest. Name it with --class.");
        assertThatThrownBy(() -> Program.of(jar, Optional.of("org.example.Mian"), List.of(), directory))
                .hasMessageStartingWith("There is no class org.example.Mian in app.jar.");
        assertThatThrownBy(() -> Program.of(
                        Files.createFile(directory.resolve("a.txt")), Optional.empty(), List.of(), directory))
                .hasMessageContaining("neither a jar nor a .java file");
        assertThatThrownBy(() -> Program.of(
                        Files.writeString(directory.resolve("b.jar"), "no"), Optional.empty(), List.of(), directory))
                .hasMessageContaining("is not a jar");
    }

    @Test
    void takesTheMainClassFromTheManifestAndFindsItInOtherJars() throws IOException {
        Path jar = jar(Optional.of("org.example.Main"), "org/example/Other.class");
        Path other = Files.move(jar(Optional.empty(), "org/example/Main.class"), directory.resolve("other.jar"));
        jar(Optional.of("org.example.Main"), "org/example/Other.class");

        Program program = Program.of(jar, Optional.empty(), List.of(other), directory);

        assertThat(program).isEqualTo(new Program("org.example.Main", List.of(jar, other)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.ACC_PUBLIC, Opcodes.ACC_STATIC, Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC})
    void refusesAClassWhoseMainIsNotPublicAndStatic(int access) throws IOException {
        Path jar = jarOf("main.jar", classFile("org/example/Main", "java/lang/Object", access));

        assertThatThrownBy(() -> Program.of(jar, Optional.of("org.example.Main"), List.of(), directory))
                .isInstanceOf(RaddleException.class)
                .hasMessageStartingWith(
                        "The class org.example.Main has no method public static void main(String[]). Name a class");
    }

    @Test
    void refusesAClassWithoutMainUnlessItInheritsOne() throws IOException {
        Path parents = jarOf(
                "parents.jar",
                classFile("org/example/Starts", "java/lang/Object", PUBLIC_STATIC),
                withoutMain("org/example/Idle", "java/lang/Object"));
        Path jar = jarOf(
                "main.jar",
                withoutMain("Heir", "org/example/Starts"),
                withoutMain("Orphan", "org/example/Idle"),
                withoutMain("Stranger", "org/apache/hadoop/util/ToolOfTheCluster"));

        assertThat(Program.of(jar, Optional.of("Heir"), List.of(parents), directory)
                        .mainClass())
                .isEqualTo("Heir");
        assertThat(Program.of(jar, Optional.of("Stranger"), List.of(parents), directory)
                        .mainClass())
                .isEqualTo("Stranger");
        assertThatThrownBy(() -> Program.of(jar, Optional.of("Orphan"), List.of(parents), directory))
                .hasMessageStartingWith("The class Orphan has no method public static void main(String[]).");
    }

    @Test
    void leavesAClassThatIsNewerThanItCanReadToTheClustersJava() throws IOException {
        byte[] newer = withoutMain("Future", "java/lang/Object");
        Path jar = jarOf("main.jar", newer);
        newer[7] = 120;
        Path other = directory.resolve("newer.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(other))) {
            out.putNextEntry(new JarEntry("Future.class"));
            out.write(newer);
        }

        assertThat(Program.of(other, Optional.of("Future"), List.of(), directory)
                        .mainClass())
                .isEqualTo("Future");
        assertThatThrownBy(() -> Program.of(jar, Optional.of("Future"), List.of(), directory))
                .hasMessageContaining("has no method public static void main");
    }

    @Test
    void saysThatAClassIsDamaged() throws IOException {
        Path jar = directory.resolve("main.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("Torn.class"));
            out.write(new byte[] {1, 2, 3});
        }

        assertThatThrownBy(() -> Program.of(jar, Optional.of("Torn"), List.of(), directory))
                .hasMessageStartingWith("The class Torn in main.jar is damaged. Build the jar again.");
    }

    private Path source(String text) throws IOException {
        return Files.writeString(directory.resolve("Hello.java"), text);
    }

    private Path jar(Optional<String> mainClass, String entry) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        mainClass.ifPresent(name -> manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name));
        Path jar = directory.resolve("app.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(classFile(entry.replaceFirst("\\.class$", ""), "java/lang/Object", PUBLIC_STATIC));
            out.closeEntry();
        }
        return jar;
    }

    /** A jar with these class files under the names in them. */
    private Path jarOf(String name, byte[]... classFiles) throws IOException {
        Path jar = directory.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (byte[] classFile : classFiles) {
                out.putNextEntry(new JarEntry(new ClassReader(classFile).getClassName() + ".class"));
                out.write(classFile);
                out.closeEntry();
            }
        }
        return jar;
    }

    /** A class whose main has these modifiers. */
    private static byte[] classFile(String name, String parent, int access) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, parent, null);
        writer.visitMethod(access | Opcodes.ACC_NATIVE, "main", "([Ljava/lang/String;)V", null, null)
                .visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static byte[] withoutMain(String name, String parent) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, parent, null);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
