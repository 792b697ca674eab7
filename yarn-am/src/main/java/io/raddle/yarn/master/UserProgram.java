package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.loader.OwnFrames;
import io.raddle.loader.UserClassLoader;
import io.raddle.loader.UserThreads;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * The user's {@code main}, on a thread "driver" of its own. It ends as a Java program does: when main has returned and
 * the last of its threads that is no daemon is gone, when main throws, or when any thread of it calls
 * {@code System.exit}.
 */
public final class UserProgram {
    private final String mainClass;
    private final String[] arguments;
    private final PrintStream console;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final UserThreads threads;
    private final UserClassLoader loader;
    private volatile Optional<Ending> cancelled = Optional.empty();

    /** A program in these jars; {@code console} is told when it outlives its main. */
    public UserProgram(List<Path> jars, String mainClass, List<String> arguments, PrintStream console) {
        this.mainClass = mainClass;
        this.arguments = arguments.toArray(String[]::new);
        this.console = console;
        this.threads = new UserThreads(console::println);
        this.loader = new UserClassLoader(jars, UserProgram.class.getClassLoader(), this::exit);
    }

    /** Starts it; the answer comes once, on any thread. */
    public CompletableFuture<Ending> start() {
        threads.start("driver", loader, this::run);
        return ending;
    }

    /** Asks it to end: interrupts its threads, and whether it throws or returns from now on, this is how it ended. */
    public void cancel(Ending asCancelled) {
        cancelled = Optional.of(asCancelled);
        threads.interrupt();
    }

    /** As from System.exit itself, nothing returns from here to the program: no catch and no finally of it runs. */
    private void exit(int code) {
        ending.complete(Ending.exited(code));
        while (true) {
            LockSupport.park(this);
        }
    }

    private void run() {
        try {
            Method main = main();
            main.invoke(null, (Object) arguments);
            threads.whenGone(() -> ending.complete(cancelled.orElseGet(Ending::succeeded)));
        } catch (InvocationTargetException e) {
            ended(Objects.requireNonNullElse(e.getCause(), e));
        } catch (IllegalAccessException | RuntimeException | Error e) {
            ended(e);
        }
    }

    private void ended(Throwable thrown) {
        OwnFrames.drop(thrown);
        if (cancelled.isEmpty() && !(thrown instanceof RaddleException)) {
            console.print("Exception in thread \"driver\" ");
            thrown.printStackTrace(console);
        }
        ending.complete(cancelled.orElseGet(
                () -> Ending.threw(thrown, Runtime.getRuntime().maxMemory())));
    }

    private Method main() {
        try {
            Method main = Class.forName(mainClass, true, loader).getMethod("main", String[].class);
            if (!Modifier.isStatic(main.getModifiers())) {
                throw invalid("The method main of class " + mainClass + " is not static.");
            }
            main.setAccessible(true);
            return main;
        } catch (ClassNotFoundException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "There is no class " + mainClass + " in the application's jars.",
                            "Give the full name of the class with --class, package included, and its jar."),
                    e);
        } catch (NoSuchMethodException e) {
            throw invalid("Class " + mainClass + " has no method public static void main(String[]).");
        } catch (LinkageError e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "Class " + mainClass + " cannot be loaded: " + e + ".",
                            "Add the jar that is missing with --jars, or build for Java "
                                    + Runtime.version().feature() + "."),
                    e);
        }
    }

    private static RaddleException invalid(String what) {
        return new RaddleException(
                new Cause.InvalidInput(what, "Name a class with public static void main(String[]) by --class."));
    }
}
