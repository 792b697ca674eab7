package io.raddle.yarn.shell;

import io.raddle.snippet.Scope;
import java.lang.invoke.LambdaMetafactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class gets for its lambdas: for each a body, which enters the scope that the lambda carries and then does what the
 * lambda did, and a maker, which makes the lambda of what it captures; and one method that thaws them all by their makers.
 */
final class LambdaMethods {
    private static final int ACCESS = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    private static final Handle ALT_METAFACTORY = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/LambdaMetafactory",
            "altMetafactory",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
            false);
    private static final int IMPLEMENTATION = 1;
    private static final int FLAGS = 3;

    private final String owner;
    private final ClassWriter writer;
    private final List<Lambda> lambdas = new ArrayList<>();
    private boolean ofInterface;

    LambdaMethods(String owner, ClassWriter writer) {
        this.owner = owner;
        this.writer = writer;
    }

    String owner() {
        return owner;
    }

    void ofInterface(boolean value) {
        ofInterface = value;
    }

    boolean ofInterface() {
        return ofInterface;
    }

    /** One place where a lambda is made: {@code arguments} are those of the factory that made it. */
    record Lambda(int number, String method, String factory, Object[] arguments) {
        String maker() {
            return Scope.MAKER + number;
        }

        String body() {
            return Scope.BODY + number;
        }

        List<Type> captured() {
            List<Type> types = new ArrayList<>(Arrays.asList(Type.getArgumentTypes(factory)));
            types.add(Type.getType(ScopeLinks.VARIABLES));
            return types;
        }

        String makerDescriptor() {
            return Type.getMethodDescriptor(
                    Type.getReturnType(factory), captured().toArray(Type[]::new));
        }

        Handle implementation() {
            return (Handle) arguments[IMPLEMENTATION];
        }

        /** What the body is given after what was captured. */
        List<Type> given() {
            List<Type> all = new ArrayList<>(
                    Arrays.asList(Type.getArgumentTypes(implementation().getDesc())));
            int tag = implementation().getTag();
            if (tag != Opcodes.H_INVOKESTATIC && tag != Opcodes.H_NEWINVOKESPECIAL) {
                all.add(0, Type.getObjectType(implementation().getOwner()));
            }
            return all.subList(captured().size() - 1, all.size());
        }

        Type result() {
            return implementation().getTag() == Opcodes.H_NEWINVOKESPECIAL
                    ? Type.getObjectType(implementation().getOwner())
                    : Type.getReturnType(implementation().getDesc());
        }

        String bodyDescriptor() {
            List<Type> types = captured();
            types.addAll(given());
            return Type.getMethodDescriptor(result(), types.toArray(Type[]::new));
        }
    }

    Lambda add(String method, String factory, Object[] arguments) {
        Lambda lambda = new Lambda(lambdas.size(), method, factory, arguments);
        lambdas.add(lambda);
        return lambda;
    }

    void writeAll() {
        for (Lambda lambda : lambdas) {
            writeMaker(lambda);
            writeBody(lambda);
        }
        if (!lambdas.isEmpty()) {
            writeThaw();
        }
    }

    private void writeThaw() {
        MethodVisitor code = writer.visitMethod(
                ACCESS,
                "$deserializeLambda$",
                "(Ljava/lang/invoke/SerializedLambda;)Ljava/lang/Object;",
                null,
                new String[] {"java/lang/Throwable"});
        code.visitCode();
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/invoke/MethodHandles",
                "lookup",
                "()Ljava/lang/invoke/MethodHandles$Lookup;",
                false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, ScopeLinks.SCOPE, "thaw", ScopeLinks.THAW, false);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void writeMaker(Lambda lambda) {
        MethodVisitor code = writer.visitMethod(ACCESS, lambda.maker(), lambda.makerDescriptor(), null, null);
        code.visitCode();
        load(code, lambda.captured(), 0);
        code.visitInvokeDynamicInsn(lambda.method(), lambda.makerDescriptor(), ALT_METAFACTORY, serializable(lambda));
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private Object[] serializable(Lambda lambda) {
        Object[] before = lambda.arguments();
        Object[] arguments = Arrays.copyOf(before, Math.max(before.length, FLAGS + 1));
        arguments[IMPLEMENTATION] =
                new Handle(Opcodes.H_INVOKESTATIC, owner, lambda.body(), lambda.bodyDescriptor(), ofInterface);
        int flags = before.length > FLAGS ? (Integer) before[FLAGS] : 0;
        arguments[FLAGS] = flags | LambdaMetafactory.FLAG_SERIALIZABLE;
        return arguments;
    }

    private void writeBody(Lambda lambda) {
        List<Type> captured = lambda.captured();
        List<Type> given = lambda.given();
        int variables = size(captured) - 1;
        int before = size(captured) + size(given);
        MethodVisitor code = writer.visitMethod(
                ACCESS, lambda.body(), lambda.bodyDescriptor(), null, new String[] {"java/lang/Throwable"});
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, failed, null);
        code.visitVarInsn(Opcodes.ALOAD, variables);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, ScopeLinks.SCOPE, "enter", ScopeLinks.ENTER, false);
        code.visitVarInsn(Opcodes.ASTORE, before);
        code.visitLabel(start);
        call(code, lambda, captured.subList(0, captured.size() - 1), given, size(captured));
        code.visitLabel(end);
        leave(code, before);
        code.visitInsn(lambda.result().getOpcode(Opcodes.IRETURN));
        code.visitLabel(failed);
        code.visitFrame(Opcodes.F_FULL, captured.size() + given.size() + 1, locals(captured, given), 1, new Object[] {
            "java/lang/Throwable"
        });
        leave(code, before);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void call(MethodVisitor code, Lambda lambda, List<Type> captured, List<Type> given, int firstGiven) {
        Handle target = lambda.implementation();
        if (target.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            code.visitTypeInsn(Opcodes.NEW, target.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        load(code, captured, 0);
        load(code, given, firstGiven);
        code.visitMethodInsn(
                opcode(target), target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
    }

    /** A private method is called like any other by classes of this version. */
    private static int opcode(Handle target) {
        return switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            default -> target.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        };
    }

    private static void leave(MethodVisitor code, int before) {
        code.visitVarInsn(Opcodes.ALOAD, before);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, ScopeLinks.SCOPE, "leave", ScopeLinks.LEAVE, false);
    }

    private static void load(MethodVisitor code, List<Type> types, int first) {
        int slot = first;
        for (Type type : types) {
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
            slot += type.getSize();
        }
    }

    private static int size(List<Type> types) {
        return types.stream().mapToInt(Type::getSize).sum();
    }

    private static Object[] locals(List<Type> captured, List<Type> given) {
        List<Object> locals = new ArrayList<>();
        captured.forEach(type -> locals.add(local(type)));
        given.forEach(type -> locals.add(local(type)));
        locals.add("java/lang/Object");
        return locals.toArray();
    }

    private static Object local(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }
}
