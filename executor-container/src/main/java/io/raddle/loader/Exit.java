package io.raddle.loader;

import java.lang.StackWalker.Option;
import java.lang.invoke.SerializedLambda;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What calls of System.exit, Runtime.exit and Runtime.halt in user classes become. Public only because user classes
 * call it; {@link ExitRewriter} writes the calls.
 */
public final class Exit {
    /** Hidden frames count: a method reference that the JDK calls is the only frame of the application. */
    private static final StackWalker WALKER =
            StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES));

    private Exit() {}

    /** In place of System.exit. */
    public static void exit(int code) {
        Optional<UserClassLoader> application = application();
        if (application.isEmpty()) {
            System.exit(code);
        }
        application.ifPresent(loader -> loader.exits().exit(code));
        throw new UserExitError(code);
    }

    /** In place of Runtime.exit. */
    public static void exit(Runtime runtime, int code) {
        exit(code);
    }

    /** In place of Runtime.halt. */
    public static void halt(Runtime runtime, int code) {
        exit(code);
    }

    /** Lets a class whose {@code System::exit} was rewritten recognise the frozen lambda as the one that it was. */
    public static String implClass(SerializedLambda lambda) {
        return lambda.getImplClass().equals(ExitRewriter.EXIT) ? "java/lang/System" : lambda.getImplClass();
    }

    private static Optional<UserClassLoader> application() {
        return WALKER.walk(frames -> frames.map(
                        frame -> applicationOf(frame.getDeclaringClass().getClassLoader()))
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static Optional<UserClassLoader> applicationOf(@Nullable ClassLoader loader) {
        if (loader instanceof SnippetClassLoader snippets) {
            return snippets.user();
        }
        return loader instanceof UserClassLoader user ? Optional.of(user) : Optional.empty();
    }
}
