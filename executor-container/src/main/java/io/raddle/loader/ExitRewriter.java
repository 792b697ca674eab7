package io.raddle.loader;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Turns calls of System.exit, Runtime.exit and Runtime.halt, and method references to them, into calls of {@link Exit}.
 * A class that has no constant of such a name costs one scan of its bytes. Stateless.
 */
final class ExitRewriter {
    static final String EXIT = "io/raddle/loader/Exit";

    /** A class file of Java n has this plus n as its major version. */
    private static final int FIRST_MAJOR_VERSION = 44;

    private static final String RUNTIME = "java/lang/Runtime";
    private static final String CODE_ONLY = "(I)V";
    private static final String RUNTIME_AND_CODE = "(Ljava/lang/Runtime;I)V";
    private static final byte[][] NAMES = {utf8Constant("exit"), utf8Constant("halt")};

    private ExitRewriter() {}

    /** The class as it should be defined: {@code bytes} itself when there is nothing to change. */
    static byte[] rewrite(byte[] bytes) {
        if (!mentions(bytes)) {
            return bytes;
        }
        if (isNewerThanThisJvm(bytes)) {
            // The JVM says so better than the reader would.
            return bytes;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        Calls calls = new Calls(writer);
        reader.accept(calls, 0);
        return calls.changed ? writer.toByteArray() : bytes;
    }

    /** Whether {@code owner.name descriptor} ends the process. */
    private static boolean ends(String owner, String name, String descriptor) {
        return descriptor.equals(CODE_ONLY)
                && (owner.equals("java/lang/System")
                        ? name.equals("exit")
                        : owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt")));
    }

    private static String descriptorFor(String owner) {
        return owner.equals(RUNTIME) ? RUNTIME_AND_CODE : CODE_ONLY;
    }

    /** A constant of text in a class file: its tag, its length in two bytes, itself. */
    private static byte[] utf8Constant(String text) {
        return ("\1\0" + (char) text.length() + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isNewerThanThisJvm(byte[] bytes) {
        int majorVersion = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        return majorVersion - FIRST_MAJOR_VERSION > Runtime.version().feature();
    }

    private static boolean mentions(byte[] bytes) {
        for (int at = 0; at < bytes.length - NAMES[0].length; at++) {
            if (bytes[at] == 1 && (startsAt(bytes, at, NAMES[0]) || startsAt(bytes, at, NAMES[1]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] bytes, int at, byte[] part) {
        for (int i = 1; i < part.length; i++) {
            if (bytes[at + i] != part[i]) {
                return false;
            }
        }
        return true;
    }

    private static final class Calls extends ClassVisitor {
        private boolean changed;

        Calls(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean thaws = name.equals("$deserializeLambda$");
            return new MethodVisitor(Opcodes.ASM9, method) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
                    if (ends(owner, called, type)) {
                        changed = true;
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, EXIT, called, descriptorFor(owner), false);
                    } else if (thaws && called.equals("getImplClass")) {
                        changed = true;
                        super.visitMethodInsn(
                                Opcodes.INVOKESTATIC,
                                EXIT,
                                "implClass",
                                "(Ljava/lang/invoke/SerializedLambda;)Ljava/lang/String;",
                                false);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, type, isInterface);
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
                    Object[] rewritten = arguments.clone();
                    for (int i = 0; i < rewritten.length; i++) {
                        rewritten[i] = rewritten[i] instanceof Handle handle ? rewrittenHandle(handle) : rewritten[i];
                    }
                    super.visitInvokeDynamicInsn(called, type, bootstrap, rewritten);
                }
            };
        }

        private Handle rewrittenHandle(Handle handle) {
            if (!ends(handle.getOwner(), handle.getName(), handle.getDesc())) {
                return handle;
            }
            changed = true;
            return new Handle(Opcodes.H_INVOKESTATIC, EXIT, handle.getName(), descriptorFor(handle.getOwner()), false);
        }
    }
}
