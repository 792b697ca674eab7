package io.raddle.yarn.client;

import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.proto.ApplicationStatus;
import io.raddle.relay.LineWatch;
import io.raddle.relay.MasterFinder;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.console.ProgressView;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.program.Program;
import io.raddle.yarn.client.watch.MasterSearch;
import io.raddle.yarn.master.Ending;
import io.raddle.yarn.master.UserProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program whose driver is in this process and whose executors are on the cluster. */
final class ClientRun {
    private static final long STEP_MILLIS = 200;
    private static final long CANCEL_SECONDS = 10;

    private final Request request;
    private final Submitted submitted;
    private final HadoopConfiguration hadoop;
    private final Console console;
    private final CompletableFuture<Ending> broken = new CompletableFuture<>();

    ClientRun(Request request, Submitted submitted, HadoopConfiguration hadoop, Console console) {
        this.request = request;
        this.submitted = submitted;
        this.hadoop = hadoop;
        this.console = console;
    }

    /** Runs the program to its end and has the application end so. */
    io.raddle.yarn.client.watch.Ending run(Program program, Path work, Interrupts interrupts) {
        UserProgram user = new UserProgram(program.jars(), program.mainClass(), request.arguments(), System.err);
        MasterSearch search = new MasterSearch(submitted.resourceManager(), submitted.id(), console::say);
        Watch watch = new Watch();
        try (ClientDriver driver =
                ClientDriver.start(request, submitted, hadoop, program.jars(), work.resolve("driver"), search, watch)) {
            watch.driver.complete(driver);
            driver.host().install();
            interrupts.passTo(new Interrupts.Target(
                    by -> driver.host().application().cancel(by),
                    by -> submitted.resourceManager().kill(submitted.id(), "Killed by " + by + ".")));
            driver.host().onCancel(by -> endWith(new Cause.Cancelled(by)));
            broken.thenAccept(user::cancel);
            CompletableFuture<Ending> ending = user.start();
            broken.thenAccept(it -> ending.completeOnTimeout(it, CANCEL_SECONDS, TimeUnit.SECONDS));
            return told(driver, await(ending, driver, search));
        } finally {
            interrupts.release();
        }
    }

    private void endWith(Cause cause) {
        broken.complete(Ending.failed(cause));
    }

    private Ending await(CompletableFuture<Ending> ending, ClientDriver driver, MasterSearch search) {
        ProgressView progress =
                new ProgressView(console, request.configuration().get(Keys.WAIT_REPORT_INTERVAL));
        while (true) {
            try {
                Ending ended = ending.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
                ApplicationStatus last = driver.host().application().status();
                progress.show(last.toBuilder().setState(ended.state()).build(), millis());
                return ended;
            } catch (TimeoutException e) {
                List<String> waiting = search.waiting();
                if (waiting.isEmpty()) {
                    progress.show(driver.host().application().status(), millis());
                } else {
                    progress.wait(waiting, millis());
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("the ending is never completed exceptionally", e);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nothing interrupts the client", e);
            }
        }
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** The end counts when YARN has it too. */
    private io.raddle.yarn.client.watch.Ending told(ClientDriver driver, Ending ended) {
        System.out.flush();
        System.err.flush();
        console.status(List.of());
        boolean heard;
        try {
            heard = driver.end(ended.state(), ended.exitCode(), ended.cause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nothing interrupts the client", e);
        }
        ApplicationStatus last = driver.host().application().status();
        if (heard || ended.state() != ApplicationStatus.State.SUCCEEDED) {
            return io.raddle.yarn.client.watch.Ending.of(last);
        }
        return io.raddle.yarn.client.watch.Ending.lost("The program ended well, but its application master did not"
                + " answer, so that YARN may show the application as failed.");
    }

    /** What the line meets is the program's fate. */
    private final class Watch implements LineWatch {
        private final CompletableFuture<ClientDriver> driver = new CompletableFuture<>();
        private volatile Optional<MasterFinder.Address> master = Optional.empty();

        @Override
        public void attached(MasterFinder.Address at) {
            if (master.isPresent()) {
                console.say("Attached again to the application master at " + at.host() + ":" + at.port() + ".");
            }
            master = Optional.of(at);
        }

        @Override
        public void broke(String why) {
            console.say("The connection to the application master broke (" + why + "); we go on trying.");
        }

        @Override
        public void cancelled(String by) {
            driver.thenAccept(it -> it.host().application().cancel(by));
        }

        @Override
        public void over(Cause cause) {
            driver.thenAccept(it -> it.host().fail(cause));
            broken.complete(Ending.failed(cause));
        }
    }
}
