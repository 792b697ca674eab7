package io.raddle.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The top-level types of source files and their public methods, and which of them have no comment for their readers. */
record Documented(List<String> types, List<String> silentTypes, List<String> methods, List<String> silentMethods) {
    static Documented in(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            Documented found =
                    new Documented(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            Finder finder = new Finder(Trees.instance(task), found);
            for (CompilationUnitTree unit : task.parse()) {
                finder.scan(unit, null);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Finder extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final Documented found;

        Finder(Trees trees, Documented found) {
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            TreePath above = getCurrentPath().getParentPath();
            if (above.getLeaf() instanceof CompilationUnitTree) {
                note(type.getSimpleName().toString(), found.types(), found.silentTypes());
                return super.visitClass(type, null);
            }
            // What a private type has is nobody else's.
            return isSeen(type.getModifiers(), above) ? super.visitClass(type, null) : null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            TreePath above = getCurrentPath().getParentPath();
            ClassTree owner = (ClassTree) above.getLeaf();
            boolean ofRecord =
                    owner.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
            if (isSeen(owner.getModifiers(), above.getParentPath())
                    && isSeen(method.getModifiers(), above)
                    && !ofRecord
                    && !overrides(method)) {
                note(owner.getSimpleName() + "." + method.getName(), found.methods(), found.silentMethods());
            }
            return null;
        }

        private void note(String name, List<String> all, List<String> silent) {
            all.add(name);
            String comment = trees.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                silent.add(name);
            }
        }

        /** Members of interfaces are public without saying so. */
        private static boolean isSeen(ModifiersTree modifiers, TreePath above) {
            boolean ofInterface = above.getLeaf() instanceof ClassTree owner && owner.getKind() == Tree.Kind.INTERFACE;
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || (ofInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }

        private static boolean overrides(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
        }
    }
}
