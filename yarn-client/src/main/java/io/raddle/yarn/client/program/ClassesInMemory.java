package io.raddle.yarn.client.program;

import io.raddle.loader.EngineView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Keeps what the compiler writes in memory, and shows it of the engine's libraries what a program sees of them when it
 * runs. Belongs to one compilation.
 */
final class ClassesInMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();

    private final Set<String> hidden = new HashSet<>();

    private final StandardJavaFileManager engine;

    /** {@code files} finds what the application brings, {@code engine} what it meets there. */
    ClassesInMemory(StandardJavaFileManager files, StandardJavaFileManager engine) {
        super(files);
        this.engine = engine;
    }

    StandardJavaFileManager files() {
        return fileManager;
    }

    /** Class files by class name, in the order in which the compiler made them. */
    Map<String, byte[]> compiled() {
        Map<String, byte[]> compiled = new LinkedHashMap<>();
        outputs.forEach((name, bytes) -> compiled.put(name, bytes.toByteArray()));
        return compiled;
    }

    /** What the application brings comes before libraries of ours. */
    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        if (location != StandardLocation.CLASS_PATH) {
            return super.list(location, packageName, kinds, recurse);
        }
        List<JavaFileObject> found = new ArrayList<>();
        super.list(location, packageName, kinds, recurse).forEach(found::add);
        Set<String> brought = new HashSet<>();
        found.forEach(file -> brought.add(super.inferBinaryName(location, file)));
        for (JavaFileObject file : engine.list(location, packageName, kinds, recurse)) {
            String className = engine.inferBinaryName(location, file);
            if (EngineView.showsClass(className)) {
                found.add(file);
            } else if (className.startsWith("io.raddle.") && !brought.contains(className)) {
                // The compiler looks into all that public classes of ours extend.
                found.add(file);
                hidden.add(className);
            }
        }
        return found;
    }

    /** Whether it showed the compiler this class though the program will not see it. */
    boolean hides(String className) {
        return hidden.contains(className);
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        String name = super.inferBinaryName(location, file);
        return name == null ? engine.inferBinaryName(location, file) : name;
    }

    @Override
    public void close() throws IOException {
        super.close();
        engine.close();
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        outputs.put(className, bytes);
        return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
            @Override
            public OutputStream openOutputStream() {
                return bytes;
            }
        };
    }
}
