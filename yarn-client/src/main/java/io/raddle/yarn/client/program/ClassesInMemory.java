package io.raddle.yarn.client.program;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Keeps what the compiler writes in memory. Belongs to one compilation. */
final class ClassesInMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();

    ClassesInMemory(StandardJavaFileManager files) {
        super(files);
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
