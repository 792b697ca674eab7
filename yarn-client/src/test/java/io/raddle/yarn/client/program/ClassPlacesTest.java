package io.raddle.yarn.client.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPlacesTest {
    @TempDir
    Path directory;

    @Test
    void leavesOutWhatDoesNotExist() throws Exception {
        Path jar = jar("mine.jar", "");
        Path classes = Files.createDirectory(directory.resolve("classes"));

        assertThat(places(jar, directory.resolve("none.jar"), classes, jar)).containsExactly(jar, classes);
    }

    @Test
    void followsWhatTheManifestOfAJarNames() throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Path farther = jar("with blank.jar", "launcher.jar");
        Path launcher = jar("launcher.jar", "classes/ with%20blank.jar none.jar http://elsewhere/far.jar");
        Path last = jar("last.jar", "");

        assertThat(places(launcher, last)).containsExactly(launcher, classes, farther, last);
    }

    @Test
    void passesOverAFileThatIsNoJar() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no jar");

        assertThat(places(text, jar("mine.jar", ""))).containsExactly(directory.resolve("mine.jar"));
    }

    @Test
    void findsWhatLoadersOfTheProgramHaveAfterTheClassPathAndTheirParents() throws Exception {
        Path jar = jar("mine.jar", "");
        Path shared = jar("shared.jar", "");
        Path own = Files.createDirectory(directory.resolve("own"));

        try (URLClassLoader parent = new URLClassLoader(new URL[] {url(shared)}, null);
                URLClassLoader child = new URLClassLoader(
                        new URL[] {url(own), new URL("http://elsewhere/far.jar"), url(jar)}, parent)) {
            assertThat(ClassPlaces.of(jar.toString(), child).paths()).containsExactly(jar, shared, own);
        }
    }

    private static Iterable<Path> places(Path... entries) throws IOException {
        StringBuilder classPath = new StringBuilder();
        for (Path entry : entries) {
            classPath.append(classPath.isEmpty() ? "" : File.pathSeparator).append(entry);
        }
        return ClassPlaces.of(classPath.toString(), ClassLoader.getPlatformClassLoader())
                .paths();
    }

    private static URL url(Path path) throws IOException {
        return path.toUri().toURL();
    }

    private Path jar(String name, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = directory.resolve(name);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
