package io.raddle.yarn.client;

import io.raddle.driver.LocalSessions;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.loader.OwnFrames;
import io.raddle.loader.UserClassLoader;
import io.raddle.loader.UserExitError;
import io.raddle.loader.UserThreads;
import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.program.Program;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A program in this process: its sessions are local ones with the configuration of the command line. */
final class LocalRun {
    private final Request request;
    private final String master;
    private final Console console;
    private final Interrupts interrupts;

    LocalRun(Request request, Master.Local master, Console console, Interrupts interrupts) {
        this.request = request;
        this.master = "local[" + master.slots() + "]";
        this.console = console;
        this.interrupts = interrupts;
    }

    /** The exit code of the program; one that it names itself ends this process where it is named. */
    int run(Program program, WorkDirectory work) throws IOException {
        try (ShippedHere shipped =
                ShippedHere.link(request.files(), request.archives(), work.path(), Path.of(""), console)) {
            return run(program, () -> {
                shipped.close();
                work.close();
            });
        }
    }

    /** {@code lastly} is done where nothing else is any more. */
    private int run(Program program, Runnable lastly) {
        List<String> inVain = ClusterOnly.givenIn(request);
        if (!inVain.isEmpty()) {
            console.say("Only a cluster has a use for " + String.join(", ", inVain) + "; --master " + master
                    + " goes on without.");
        }
        SessionProvider.install(Optional.of(new Sessions()));
        UserClassLoader loader = new UserClassLoader(
                program.jars(), LocalRun.class.getClassLoader(), code -> System.exit(ExitCode.named(code)));
        UserThreads threads = new UserThreads(console::say);
        FutureTask<Integer> main = new FutureTask<>(() -> main(program, loader));
        threads.start("main", loader, main);
        interrupts.passTo(new Interrupts.Target(this::cancelled, by -> {
            lastly.run();
            Runtime.getRuntime().halt(ExitCode.KILLED);
        }));
        return ended(main, threads);
    }

    /** A program that failed ends all; one that ended well lives on in its other threads, as on any JVM. */
    private static int ended(FutureTask<Integer> main, UserThreads threads) {
        try {
            int code = main.get();
            if (code == ExitCode.SUCCESS) {
                threads.await();
            }
            return code;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nothing interrupts the client", e);
        }
    }

    /** The program ends as by an exit of its own: what it registered for its end still runs. */
    private void cancelled(String by) {
        console.say("yarn-submit: " + new Cause.Cancelled(by).sentences());
        System.exit(ExitCode.KILLED);
    }

    private int main(Program program, ClassLoader loader) {
        try {
            Method main = Class.forName(program.mainClass(), true, loader).getMethod("main", String[].class);
            // The class itself need not be public.
            main.setAccessible(true);
            main.invoke(null, (Object) request.arguments().toArray(String[]::new));
            return ExitCode.SUCCESS;
        } catch (InvocationTargetException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            program.mainClass() + " cannot be started: " + e + ".",
                            "It needs a method public static void main(String[])."),
                    e);
        }
    }

    private int failed(Throwable thrown) {
        if (thrown instanceof UserExitError exit) {
            return ExitCode.named(exit.code());
        }
        if (thrown instanceof RaddleException known && !console.verbose()) {
            String stack = known.fault().stack();
            console.say((stack.isBlank() ? "" : stack.stripTrailing() + "\n") + "yarn-submit: "
                    + known.fault().sentences());
        } else {
            OwnFrames.drop(thrown);
            console.stack(thrown);
        }
        return ExitCode.FAILURE;
    }

    /** Local sessions for whatever master the program names. */
    private final class Sessions implements SessionProvider {
        private final LocalSessions local = new LocalSessions();

        @Override
        public boolean serves(String anyMaster) {
            return true;
        }

        @Override
        public Engine open(String name, String ignored, Map<String, String> configuration) {
            Map<String, String> merged = new LinkedHashMap<>(configuration);
            merged.putAll(request.configuration().asMap());
            return local.open(name, master, merged);
        }
    }
}
