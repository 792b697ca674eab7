package io.raddle.closure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The names of the variables that a lambda captured, from the debug information of its class where there is any. */
final class LambdaVariables {
    private final @Nullable ClassLoader loader;

    LambdaVariables(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** One name for each captured value of {@code lambda}, in their order. */
    List<String> of(SerializedLambda lambda) {
        boolean isStatic = lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic;
        if (!lambda.getImplMethodName().startsWith("lambda$")) {
            String method = lambda.getImplClass()
                            .substring(lambda.getImplClass().lastIndexOf('/') + 1) + "::" + lambda.getImplMethodName();
            return numbered(lambda.getCapturedArgCount(), "the receiver of " + method);
        }
        Map<Integer, String> bySlot = variablesOf(lambda);
        Type[] parameters = Type.getArgumentTypes(lambda.getImplMethodSignature());
        List<String> names = new ArrayList<>();
        int slot = 0;
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            boolean isThis = !isStatic && i == 0;
            names.add(isThis ? "this" : bySlot.getOrDefault(slot, "captured value " + (i + 1)));
            slot += isThis ? 1 : parameters[isStatic ? i : i - 1].getSize();
        }
        return names;
    }

    private static List<String> numbered(int count, String first) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(i == 0 ? first : "captured value " + (i + 1));
        }
        return names;
    }

    private Map<Integer, String> variablesOf(SerializedLambda lambda) {
        Map<Integer, String> bySlot = new HashMap<>();
        String file = lambda.getImplClass() + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(file) : loader.getResourceAsStream(file)) {
            if (in != null) {
                new ClassReader(in).accept(new Body(lambda, bySlot), ClassReader.SKIP_FRAMES);
            }
        } catch (IOException | IllegalArgumentException e) {
            return bySlot;
        }
        return bySlot;
    }

    /** Reads the variable table of the one method that holds a lambda's body. */
    private static final class Body extends ClassVisitor {
        private final SerializedLambda lambda;
        private final Map<Integer, String> bySlot;

        Body(SerializedLambda lambda, Map<Integer, String> bySlot) {
            super(Opcodes.ASM9);
            this.lambda = lambda;
            this.bySlot = bySlot;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (!name.equals(lambda.getImplMethodName()) || !descriptor.equals(lambda.getImplMethodSignature())) {
                return null;
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLocalVariable(
                        String variable, String type, @Nullable String generic, Label start, Label end, int slot) {
                    bySlot.putIfAbsent(slot, variable);
                }
            };
        }
    }
}
