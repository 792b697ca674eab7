package io.raddle.snippet;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a prompt's variables the calling thread sees. Public only because classes of a prompt call it: their
 * reads and writes of variables are linked here, and each of their lambdas enters the scope that it carries.
 */
public final class Scope {
    /** Of lambdas: a body {@code scoped$n} enters the scope and a maker {@code make$n} makes the lambda of it. */
    public static final String BODY = "scoped$";

    public static final String MAKER = "make$";

    private static final ThreadLocal<FrozenVariables> CURRENT = new ThreadLocal<>();
    private static final Object OUTSIDE = new Object();
    private static final Lookup HERE = MethodHandles.lookup();

    private Scope() {}

    /** What a variable is known by: two definitions of one name are two variables. */
    public static String variable(String owner, String name) {
        return owner + "." + name;
    }

    /** Begins the body of a lambda that carries {@code variables}; what it gives back ends it. */
    public static @Nullable Object enter(@Nullable Variables variables) {
        if (!(variables instanceof FrozenVariables frozen)) {
            return null;
        }
        FrozenVariables before = CURRENT.get();
        if (before == frozen) {
            return null;
        }
        CURRENT.set(frozen);
        return before == null ? OUTSIDE : before;
    }

    /** Ends the body of a lambda. */
    public static void leave(@Nullable Object before) {
        if (before instanceof FrozenVariables frozen) {
            CURRENT.set(frozen);
        } else if (before != null) {
            CURRENT.remove();
        }
    }

    /** Links what a lambda that is made here carries. */
    public static CallSite carried(Lookup caller, String name, MethodType type) {
        @Nullable Variables live = homeOf(caller).map(SnippetHome::live).orElse(null);
        return linked(bound("currentOr", MethodType.methodType(Variables.class, Variables.class), live), type);
    }

    /** Links the read of a variable {@code name} of the class {@code owner}. */
    public static CallSite read(Lookup caller, String name, MethodType type, String owner)
            throws ReflectiveOperationException {
        String variable = variable(owner, name);
        MethodHandle frozen = bound("valueOf", MethodType.methodType(Object.class, String.class), variable)
                .asType(type);
        Optional<SnippetHome> home = homeOf(caller);
        return home.isEmpty()
                ? new ConstantCallSite(frozen)
                : linked(
                        MethodHandles.guardWithTest(
                                isScoped(),
                                frozen,
                                live(caller, name, type, owner, home.get().supplied(variable))),
                        type);
    }

    /** Links the write of a variable. */
    public static CallSite write(Lookup caller, String name, MethodType type, String owner)
            throws ReflectiveOperationException {
        MethodHandle refused = MethodHandles.dropArguments(
                bound("refuseWrite", MethodType.methodType(void.class, String.class), name), 0, type.parameterList());
        if (homeOf(caller).isEmpty()) {
            return new ConstantCallSite(refused);
        }
        MethodHandle live = caller.findStaticSetter(classOf(caller, owner), name, type.parameterType(0));
        return linked(MethodHandles.guardWithTest(isScoped(), refused, live), type);
    }

    /** Links what a loop does each time round: in the driver a person can break it off. */
    public static CallSite round(Lookup caller, String name, MethodType type) {
        return homeOf(caller).isEmpty()
                ? new ConstantCallSite(MethodHandles.zero(void.class))
                : linked(own("breakOff", MethodType.methodType(void.class)), type);
    }

    /** The lambda that was frozen, made anew by the class that made it. */
    public static Object thaw(Lookup caller, SerializedLambda lambda) throws Throwable {
        String maker = MAKER + lambda.getImplMethodName().substring(BODY.length());
        int captured = lambda.getCapturedArgCount();
        MethodType body = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loaderOf(caller));
        MethodType type = body.dropParameterTypes(captured, body.parameterCount())
                .changeReturnType(classOf(caller, lambda.getFunctionalInterfaceClass()));
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; i < captured; i++) {
            arguments.add(lambda.getCapturedArg(i));
        }
        return caller.findStatic(caller.lookupClass(), maker, type).invokeWithArguments(arguments);
    }

    static RaddleException notBound(String variable) {
        return new RaddleException(new Cause.InvalidInput(
                "The variable " + variable.substring(variable.lastIndexOf('.') + 1)
                        + " of the prompt is read in a task where no function of the prompt that knows it is being called:"
                        + " by equals, hashCode or compareTo of a class, for example, or by an object that is a function"
                        + " itself.",
                "Read it in the lambda that is handed to the operation, and give it to the class from there."));
    }

    // ---- What the links call, by name ----

    @SuppressWarnings("UnusedMethod")
    private static @Nullable Variables currentOr(@Nullable Variables live) {
        Variables current = CURRENT.get();
        return current == null ? live : current;
    }

    @SuppressWarnings("UnusedMethod")
    private static boolean scoped() {
        return CURRENT.get() != null;
    }

    @SuppressWarnings("UnusedMethod")
    private static @Nullable Object valueOf(String variable) {
        FrozenVariables current = CURRENT.get();
        if (current == null) {
            throw notBound(variable);
        }
        return current.valueOf(variable);
    }

    @SuppressWarnings("UnusedMethod")
    private static void breakOff() {
        if (Thread.currentThread().isInterrupted()) {
            throw new RaddleException(new Cause.Cancelled("Ctrl-C"));
        }
    }

    @SuppressWarnings("UnusedMethod")
    private static void refuseWrite(String name) {
        throw new RaddleException(new Cause.InvalidInput(
                "The variable " + name + " of the prompt is written in a task, where nobody would see it.",
                "Return the value from the function, or add it to an accumulator."));
    }

    // ---- Linking ----

    private static MethodHandle live(
            Lookup caller, String name, MethodType type, String owner, Optional<Supplier<Object>> supplied)
            throws ReflectiveOperationException {
        if (supplied.isEmpty()) {
            return caller.findStaticGetter(classOf(caller, owner), name, type.returnType());
        }
        MethodHandle get =
                MethodHandles.publicLookup().findVirtual(Supplier.class, "get", MethodType.methodType(Object.class));
        return get.bindTo(supplied.get()).asType(type);
    }

    private static MethodHandle isScoped() {
        return own("scoped", MethodType.methodType(boolean.class));
    }

    private static MethodHandle bound(String method, MethodType type, @Nullable Object first) {
        return MethodHandles.insertArguments(own(method, type), 0, first);
    }

    private static MethodHandle own(String method, MethodType type) {
        try {
            return HERE.findStatic(Scope.class, method, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CallSite linked(MethodHandle target, MethodType type) {
        return new ConstantCallSite(target.asType(type));
    }

    private static Class<?> classOf(Lookup caller, String internalName) throws ClassNotFoundException {
        return Class.forName(internalName.replace('/', '.'), false, loaderOf(caller));
    }

    private static ClassLoader loaderOf(Lookup caller) {
        return caller.lookupClass().getClassLoader();
    }

    private static Optional<SnippetHome> homeOf(Lookup caller) {
        return loaderOf(caller) instanceof Homed snippets ? snippets.home() : Optional.empty();
    }
}
