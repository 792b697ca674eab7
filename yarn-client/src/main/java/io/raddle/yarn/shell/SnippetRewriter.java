package io.raddle.yarn.shell;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes classes of lines fit to travel: reads and writes of variables are linked by {@link io.raddle.snippet.Scope}, and
 * each lambda carries the variables that it sees and can be serialized. Driver and executors run the same bytes.
 */
final class SnippetRewriter {
    private static final int VERSION = Opcodes.ASM9;
    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

    private SnippetRewriter() {}

    /** The class as it is to be defined, under {@code name}; stack traces call its file {@code source}. */
    static byte[] rewrite(byte[] classFile, String name, String source) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(new Rewriting(writer, reader.getClassName(), name, source), 0);
        return writer.toByteArray();
    }

    private static final class Rewriting extends ClassVisitor {
        private final String before;
        private final String source;
        private final LambdaMethods lambdas;

        Rewriting(ClassWriter writer, String before, String name, String source) {
            super(VERSION, writer);
            this.before = before;
            this.source = source;
            this.lambdas = new LambdaMethods(name, writer);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            lambdas.ofInterface((access & Opcodes.ACC_INTERFACE) != 0);
            super.visit(version, access, lambdas.owner(), signature, superName, interfaces);
        }

        @Override
        public void visitSource(@Nullable String file, @Nullable String debug) {
            super.visitSource(source, null);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (name.equals("$deserializeLambda$")) {
                return null;
            }
            return new Code(super.visitMethod(access, name, descriptor, signature, exceptions));
        }

        @Override
        public void visitEnd() {
            lambdas.writeAll();
            super.visitEnd();
        }

        private String renamed(String owner) {
            return owner.equals(before) ? lambdas.owner() : owner;
        }

        private Handle renamed(Handle handle) {
            return new Handle(
                    handle.getTag(),
                    renamed(handle.getOwner()),
                    handle.getName(),
                    handle.getDesc(),
                    handle.isInterface());
        }

        private final class Code extends MethodVisitor {
            private final Set<Label> passed = new HashSet<>();

            Code(MethodVisitor method) {
                super(VERSION, method);
            }

            @Override
            public void visitLabel(Label label) {
                passed.add(label);
                super.visitLabel(label);
            }

            /** A line has a number of its own; where it stands in what JShell put around it tells nobody anything. */
            @Override
            public void visitLineNumber(int line, Label start) {}

            @Override
            public void visitJumpInsn(int opcode, Label label) {
                if (passed.contains(label)) {
                    super.visitInvokeDynamicInsn("round", "()V", ScopeLinks.ROUND);
                }
                super.visitJumpInsn(opcode, label);
            }

            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
                if (!isStatic || !SnippetNames.isWrapper(owner) || name.equals("$assertionsDisabled")) {
                    super.visitFieldInsn(opcode, renamed(owner), name, descriptor);
                } else if (opcode == Opcodes.GETSTATIC) {
                    super.visitInvokeDynamicInsn(name, "()" + descriptor, ScopeLinks.READ, owner);
                } else {
                    super.visitInvokeDynamicInsn(name, "(" + descriptor + ")V", ScopeLinks.WRITE, owner);
                }
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                super.visitMethodInsn(opcode, renamed(owner), name, descriptor, isInterface);
            }

            @Override
            public void visitTypeInsn(int opcode, String type) {
                super.visitTypeInsn(opcode, renamed(type));
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle link, Object... arguments) {
                Object[] own = arguments.clone();
                for (int i = 0; i < own.length; i++) {
                    own[i] = own[i] instanceof Handle handle ? renamed(handle) : own[i];
                }
                if (!link.getOwner().equals(METAFACTORY)) {
                    super.visitInvokeDynamicInsn(name, descriptor, link, own);
                    return;
                }
                super.visitInvokeDynamicInsn("variables", "()" + ScopeLinks.VARIABLES, ScopeLinks.CARRIED);
                LambdaMethods.Lambda lambda = lambdas.add(name, descriptor, own);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        lambdas.owner(),
                        lambda.maker(),
                        lambda.makerDescriptor(),
                        lambdas.ofInterface());
            }
        }
    }
}
