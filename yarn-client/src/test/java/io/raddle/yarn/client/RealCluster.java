package io.raddle.yarn.client;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One real YARN and HDFS for all tests of a build, each daemon a process of its own; it ends with this JVM at the latest. */
final class RealCluster implements BeforeAllCallback, ParameterResolver {
    private static final String ENGINE = "engine";

    /** Where the cluster is, as a test gets it. */
    record Address(Path confDirectory) {}

    /** Daemons outside of this JVM. */
    record Daemons(Path script, Path directory, Address address) implements AutoCloseable {
        /** Starts some in a directory of this name, with further words of the command {@code start}. */
        static Daemons start(String name, String... words) {
            Path script = project().resolve("scripts/local-cluster");
            Path directory = project().resolve("yarn-client/target/" + name);
            run(script, "stop", "--dir", directory.toString(), "--delete-data");
            List<String> start = new ArrayList<>(List.of(
                    "start",
                    "--dir",
                    directory.toString(),
                    "--supervise-pid",
                    String.valueOf(ProcessHandle.current().pid())));
            start.addAll(List.of(words));
            List<String> lines = run(script, start.toArray(String[]::new));
            return new Daemons(script, directory, new Address(Path.of(lines.get(lines.size() - 1))));
        }

        /** Ends one of them, as {@code kill -9} does. */
        void kill(String daemon) {
            run(script, "kill", daemon, "--dir", directory.toString());
        }

        /** Starts one again that was killed, and waits until it answers. */
        void revive(String daemon) {
            run(script, "revive", daemon, "--dir", directory.toString());
        }

        @Override
        public void close() {
            run(script, "stop", "--dir", directory.toString());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        daemons(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Address.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return daemons(context).address();
    }

    static Path project() {
        return Path.of(System.getProperty("raddle.project", ".."))
                .toAbsolutePath()
                .normalize();
    }

    private static Daemons daemons(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Daemons.class, key -> shared(), Daemons.class);
    }

    private static Daemons shared() {
        Daemons daemons = Daemons.start("it-cluster", "--processes");
        shareEngine(daemons);
        return daemons;
    }

    /**
     * One user's cache for all of them: an engine of each user's own costs an upload, its copies and its class data. And
     * two executors each, since more of them would be a test of their own.
     */
    private static void shareEngine(Daemons daemons) {
        try {
            Path directory = Files.createDirectories(project().resolve("yarn-client/target/it-engine"));
            SubmitProcess.Result first = new SubmitProcess(directory)
                    .on(daemons.address())
                    .as(ENGINE)
                    .run(project().resolve("scripts/examples/Pi.java").toString(), "2", "10");
            if (first.exitCode() != 0) {
                throw new IllegalStateException(first.err());
            }
            Leftovers.none(daemons.address(), ENGINE, directory);
            awaitClassDataOfTheClient();
            Files.writeString(
                    daemons.address().confDirectory().resolve(ClusterDefaults.FILE),
                    "raddle.cache.dir=/user/" + ENGINE + "/.raddle/cache\nraddle.cache.trusted.owner=" + ENGINE
                            + "\nraddle.executor.instances=2\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Without it, each client that comes meanwhile starts slowly and takes notes for another. */
    private static void awaitClassDataOfTheClient() {
        File distribution = project().resolve("yarn-client/target/raddle").toFile();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Stream.of(distribution.list()).anyMatch(name -> name.matches("client-[0-9].*\\.jsa")));
    }

    /** The lines that the command printed; when it fails, what it said of that is why the tests do. */
    private static List<String> run(Path script, String... arguments) {
        try {
            Path said = Files.createTempFile("local-cluster", ".err");
            ProcessBuilder builder = new ProcessBuilder(script.toString());
            builder.command().addAll(List.of(arguments));
            Process process = builder.redirectError(said.toFile()).start();
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                List<String> lines = reader.lines().toList();
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(
                            String.join(" ", builder.command()) + " failed:\n" + Files.readString(said));
                }
                return lines;
            } finally {
                System.err.print(Files.readString(said));
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
