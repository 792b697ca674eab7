package io.raddle.executor;

import io.raddle.fault.RaddleException;
import io.raddle.id.ExecutorId;
import io.raddle.memory.ContainerMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executor as the process of a YARN container. Its end is always one of {@link ExitCode}. */
public final class ExecutorMain {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorMain.class);

    private ExecutorMain() {}

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(ExecutorMain::died);
        try {
            start(ExecutorArguments.parse(arguments), new ContainerEnvironment(System.getenv()));
            // The threads of an executor are daemons, so this one keeps the process; end() ends it.
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            end(ExitCode.DEFECT, "the first thread was interrupted");
        } catch (IllegalArgumentException | IOException e) {
            end(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (RaddleException e) {
            end(ExitCode.USAGE, e.fault().sentences());
        }
    }

    private static void start(ExecutorArguments arguments, ContainerEnvironment environment) throws IOException {
        ExecutorSecrets secrets = ExecutorSecrets.read(environment.tokenFile());
        ExecutorIdentity identity = new ExecutorIdentity(
                new ExecutorId(arguments.id()),
                arguments.incarnation(),
                environment.container(),
                environment.host(),
                arguments.nodePort(),
                arguments.rack(),
                arguments.slots());
        long containerBytes = (long) arguments.memoryMib() << 20;
        Workplace place = new Workplace(
                Path.of("").toAbsolutePath(),
                ExecutorMain.class.getClassLoader(),
                containerBytes,
                ContainerMemory.of(containerBytes).engineBytes(),
                environment.localDirectories());
        ShuffleNetwork network = new ShuffleNetwork(
                environment.job(), secrets.shuffle(), environment.shuffleServicePort(), arguments.ports());
        EndpointLocator locator = new StagedEndpoint(
                arguments.endpoint(), arguments.stagingDirectory(), environment::hadoopConfiguration);
        Executor.start(identity, locator, secrets.executor(), place, Optional.of(network), ExecutorMain::end);
    }

    private static void died(Thread thread, Throwable of) {
        if (of instanceof OutOfMemoryError) {
            // A full heap has no room for another word.
            end(ExitCode.OUT_OF_MEMORY, "the memory of this process is full");
        } else {
            LOG.error("{} died", thread.getName(), of);
            end(ExitCode.DEFECT, thread.getName() + " died of " + of);
        }
    }

    private static void end(int code, String why) {
        try {
            LOG.info("This executor ends with {}: {}", code, why);
            System.err.flush();
        } finally {
            // Nothing is worth waiting for: outputs on disk stay, and the driver knows or will learn.
            Runtime.getRuntime().halt(code);
        }
    }
}
