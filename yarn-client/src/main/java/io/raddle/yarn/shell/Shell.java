package io.raddle.yarn.shell;

import io.raddle.loader.UserClassLoader;
import io.raddle.loader.UserExitError;
import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import io.raddle.yarn.client.console.Console;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A prompt and its session, which is opened beside it so that nobody waits who does not need it. Of one thread. */
final class Shell implements AutoCloseable {
    private final UserClassLoader application;
    private final Exits exits;
    private final CompletableFuture<PromptSession> opening;
    private final List<String> classPath;
    private Prompt prompt;
    private boolean abandoned;

    private Shell(
            UserClassLoader application,
            Exits exits,
            CompletableFuture<PromptSession> opening,
            List<String> classPath) {
        this.application = application;
        this.exits = exits;
        this.opening = opening;
        this.classPath = classPath;
        this.prompt = begin();
    }

    static Shell open(SessionProvider provider, String name, List<Path> jars, Console console) {
        Exits exits = new Exits();
        UserClassLoader application = new UserClassLoader(jars, Shell.class.getClassLoader(), exits);
        CompletableFuture<PromptSession> opening = new CompletableFuture<>();
        Thread opener = new Thread(
                () -> {
                    try {
                        opening.complete(PromptSession.open(provider, name, "", Map.of()));
                    } catch (RuntimeException | Error e) {
                        opening.completeExceptionally(e);
                    }
                },
                "raddle-session");
        opener.setDaemon(true);
        opener.setContextClassLoader(application);
        opener.start();
        List<String> classPath = Stream.concat(
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                        jars.stream().map(Path::toString))
                .collect(Collectors.toList());
        return new Shell(application, exits, opening, classPath);
    }

    private Prompt begin() {
        return new Prompt(application, opening, System.out, System.err, classPath);
    }

    /** The prompt begins anew: all that was defined is gone; the session goes on. */
    void reset() {
        prompt.close();
        prompt = begin();
    }

    Prompt prompt() {
        return prompt;
    }

    /** What System.exit was called with. */
    OptionalInt exit() {
        return exits.code();
    }

    /** Why there is no session; empty when there is one or may be one still. */
    Optional<Throwable> refusal() {
        return opening.isCompletedExceptionally()
                ? Optional.of(opening.handle((session, thrown) -> thrown).join())
                : Optional.empty();
    }

    /** The engine of the session where that is open. */
    Optional<Engine> engine() {
        return opening.isDone() && !opening.isCompletedExceptionally()
                ? Optional.of(opening.join().engine())
                : Optional.empty();
    }

    /** Whether a line ended because it called System.exit. */
    static boolean isExit(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.thrown() instanceof UserExitError;
    }

    /** The session is not to end well: it ends as failed when this process does. */
    void abandon() {
        abandoned = true;
    }

    /** Ends the session, also one that is still in the making. */
    @Override
    public void close() {
        prompt.close();
        if (abandoned) {
            return;
        }
        try {
            opening.join().session().close();
        } catch (RuntimeException e) {
            // There is none.
            return;
        }
    }
}
