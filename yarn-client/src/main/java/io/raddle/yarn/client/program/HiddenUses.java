package io.raddle.yarn.client.program;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import org.jspecify.annotations.Nullable;

/**
 * Makes a compile error of each name of a class that the compiler needs to see, since public classes extend it, and that
 * the program does not see when it runs. Belongs to one compilation.
 */
final class HiddenUses extends TreePathScanner<@Nullable Void, @Nullable Void> implements TaskListener {
    private final JavacTask task;
    private final Trees trees;
    private final Predicate<String> hidden;
    private final Set<Tree> told = Collections.newSetFromMap(new IdentityHashMap<>());

    private HiddenUses(JavacTask task, Predicate<String> hidden) {
        this.task = task;
        this.trees = Trees.instance(task);
        this.hidden = hidden;
    }

    /** {@code hidden} says it of a class by its binary name. */
    static void refuseIn(JavaCompiler.CompilationTask task, Predicate<String> hidden) {
        JavacTask javac = (JavacTask) task;
        javac.addTaskListener(new HiddenUses(javac, hidden));
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() != TaskEvent.Kind.ANALYZE) {
            return;
        }
        CompilationUnitTree unit = event.getCompilationUnit();
        unit.getImports().forEach(each -> scan(new TreePath(new TreePath(unit), each), null));
        TreePath type = trees.getPath(event.getTypeElement());
        if (type != null) {
            scan(type, null);
        }
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void nothing) {
        check(tree);
        return super.visitIdentifier(tree, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void nothing) {
        check(tree);
        return super.visitMemberSelect(tree, null);
    }

    private void check(Tree tree) {
        Element element = trees.getElement(getCurrentPath());
        if (element instanceof TypeElement type && told.add(tree)) {
            String name = task.getElements().getBinaryName(type).toString();
            if (hidden.test(name)) {
                trees.printMessage(
                        Diagnostic.Kind.ERROR,
                        name + " is inside of Raddle: a program does not see it when it runs",
                        tree,
                        getCurrentPath().getCompilationUnit());
            }
        }
    }
}
