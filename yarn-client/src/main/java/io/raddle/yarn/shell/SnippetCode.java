package io.raddle.yarn.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What the code of one class of a prompt does with the rest of the prompt, read from the rewritten class file.
 *
 * @param name internal, like all names here
 * @param parents superclass and interfaces that are the prompt's own
 */
record SnippetCode(String name, List<String> parents, Map<Method, Body> methods) {
    /** A method by its name and descriptor. */
    record Method(String owner, String name, String descriptor) {
        Method of(String otherOwner) {
            return new Method(otherOwner, name, descriptor);
        }
    }

    /**
     * What one method does.
     *
     * @param unfinished whether it stands for a method that uses what is not defined yet
     */
    record Body(Set<Method> calls, Set<Variable> reads, Set<Variable> writes, Set<String> types, boolean unfinished) {}

    static SnippetCode read(byte[] classFile) {
        Reading reading = new Reading();
        new ClassReader(classFile).accept(reading, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return new SnippetCode(reading.name, reading.parents, reading.methods);
    }

    private static final class Reading extends ClassVisitor {
        private final Map<Method, Body> methods = new LinkedHashMap<>();
        private final List<String> parents = new ArrayList<>();
        private String name = "";

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
            addParent(superName == null ? "" : superName);
            Arrays.stream(interfaces == null ? new String[0] : interfaces).forEach(this::addParent);
        }

        private void addParent(String parent) {
            if (SnippetNames.isSnippet(parent)) {
                parents.add(parent);
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            BodyReading body = new BodyReading(descriptor);
            return new MethodVisitor(Opcodes.ASM9, body) {
                @Override
                public void visitEnd() {
                    methods.put(new Method(name, method, descriptor), body.body());
                }
            };
        }
    }

    private static final class BodyReading extends MethodVisitor {
        private final Set<Method> calls = new LinkedHashSet<>();
        private final Set<Variable> reads = new LinkedHashSet<>();
        private final Set<Variable> writes = new LinkedHashSet<>();
        private final Set<String> types = new LinkedHashSet<>();
        private boolean unfinished;

        BodyReading(String descriptor) {
            super(Opcodes.ASM9);
            addAll(descriptor);
        }

        Body body() {
            return new Body(calls, reads, writes, types, unfinished);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            unfinished |= opcode == Opcodes.NEW && type.equals("jdk/jshell/spi/SPIResolutionException");
            add(Type.getObjectType(type));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            add(Type.getObjectType(owner));
            add(Type.getType(descriptor));
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            addCall(owner, name, descriptor);
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type type) {
                add(type);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle link, Object... arguments) {
            if (ScopeLinks.isRead(link)) {
                reads.add(new Variable((String) arguments[0], name));
            } else if (ScopeLinks.isWrite(link)) {
                writes.add(new Variable((String) arguments[0], name));
            }
            addAll(descriptor);
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                    addCall(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void addCall(String owner, String name, String descriptor) {
            add(Type.getObjectType(owner));
            addAll(descriptor);
            if (SnippetNames.isSnippet(owner)) {
                calls.add(new Method(owner, name, descriptor));
            }
        }

        private void addAll(String descriptor) {
            add(Type.getReturnType(descriptor));
            Arrays.stream(Type.getArgumentTypes(descriptor)).forEach(this::add);
        }

        private void add(Type type) {
            Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
            if (element.getSort() == Type.OBJECT
                    && SnippetNames.isSnippet(element.getInternalName())
                    && !SnippetNames.isWrapper(element.getInternalName())) {
                types.add(element.getInternalName());
            }
        }
    }
}
