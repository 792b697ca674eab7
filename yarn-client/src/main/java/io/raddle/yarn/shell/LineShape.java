package io.raddle.yarn.shell;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What the class around a line declares.
 *
 * @param variables names and types
 * @param more whether it has classes or methods for other lines to refer to
 */
record LineShape(Set<String> variables, boolean more) {
    static LineShape of(byte[] classFile) {
        Reading reading = new Reading();
        new ClassReader(classFile)
                .accept(reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new LineShape(reading.variables, reading.more);
    }

    /** Whether another line differs in what it does only, so that nobody who refers to this one notices. */
    boolean allowsBodyOf(LineShape other) {
        return !variables.isEmpty() && equals(other) && !more;
    }

    private static final class Reading extends ClassVisitor {
        private final Set<String> variables = new TreeSet<>();
        private String name = "";
        private boolean more;

        Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String internalName,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            name = internalName;
            more = !SnippetNames.isWrapper(internalName);
        }

        @Override
        public void visitInnerClass(String inner, @Nullable String outer, @Nullable String simple, int access) {
            more |= inner.startsWith(name + "$");
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            variables.add(field + " " + descriptor + " " + signature);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            more |= (access & Opcodes.ACC_SYNTHETIC) == 0 && !method.equals("<init>") && !method.equals("do_it$");
            return null;
        }
    }
}
