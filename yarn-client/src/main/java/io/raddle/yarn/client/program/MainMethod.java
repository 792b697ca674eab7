package io.raddle.yarn.client.program;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file says of {@code public static void main(String[])}: {@code found} when it has one, else
 * {@code parent} is the class that may have one for it.
 */
record MainMethod(boolean found, Optional<String> parent) {
    private static final int PUBLIC_AND_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    /** A class newer than we can read is believed to have one: the JVM that is to load it says more. */
    static MainMethod of(byte[] classFile) {
        if (isNewerThanWeKnow(classFile)) {
            return new MainMethod(true, Optional.empty());
        }
        Search search = new Search();
        new ClassReader(classFile)
                .accept(search, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new MainMethod(search.found, search.parent);
    }

    private static boolean isNewerThanWeKnow(byte[] classFile) {
        return classFile.length > 7 && ((classFile[6] & 0xff) << 8 | classFile[7] & 0xff) > Opcodes.V26;
    }

    private static final class Search extends ClassVisitor {
        private Optional<String> parent = Optional.empty();
        private boolean found;

        Search() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            parent = Optional.ofNullable(superName).map(inner -> inner.replace('/', '.'));
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            found |= name.equals("main")
                    && descriptor.equals("([Ljava/lang/String;)V")
                    && (access & PUBLIC_AND_STATIC) == PUBLIC_AND_STATIC;
            return null;
        }
    }
}
