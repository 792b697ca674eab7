package io.raddle.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads source files as the compiler does, and finds their methods. */
final class Methods {
    /** A method with its lines of code, signature included. */
    record Method(String file, String name, int codeLines) {}

    private Methods() {}

    static Stream<Method> of(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Method> methods = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(
                        new Finder(
                                unit, unit.getSourceFile().getCharContent(true).toString(), positions),
                        methods);
            }
            return methods.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Finder extends TreeScanner<Void, List<Method>> {
        private final CompilationUnitTree unit;
        private final String text;
        private final SourcePositions positions;

        Finder(CompilationUnitTree unit, String text, SourcePositions positions) {
            this.unit = unit;
            this.text = text;
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, List<Method> found) {
            int start = (int) positions.getStartPosition(unit, method);
            int end = (int) positions.getEndPosition(unit, method);
            if (start >= 0 && end > start) {
                int lines =
                        SizeTest.codeLines(text.substring(start, end).lines().toList());
                found.add(new Method(
                        unit.getSourceFile().getName(), method.getName().toString(), lines));
            }
            return super.visitMethod(method, found);
        }
    }
}
