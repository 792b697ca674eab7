package io.raddle.yarn.master;

import com.google.protobuf.ByteString;
import io.raddle.Session;
import io.raddle.cluster.LocalCluster;
import io.raddle.config.Configuration;
import io.raddle.driver.DriverHost;
import io.raddle.driver.HostSettings;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.function.Pair;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A small job in a process of its own, over real connections, so that its JVM notes what executors load. */
final class Rehearsal {
    private static final int EXECUTORS = 2;
    private static final long ARTIFACT_BYTES = 64 << 20;

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of("rehearsal").toAbsolutePath());
        Secret root = Secret.random();
        EndpointSettings endpoint = new EndpointSettings(
                root.derive(Secret.EXECUTOR),
                root.derive(Secret.CONTROL),
                Optional.of(PortRange.ANY),
                directory.resolve("endpoint"),
                ARTIFACT_BYTES,
                Optional.empty(),
                Optional.empty());
        LocalCluster cluster = new LocalCluster(
                directory, root.derive(Secret.EXECUTOR), Rehearsal.class.getClassLoader(), EXECUTORS, 1);
        HostSettings settings = new HostSettings(
                "rehearsal",
                1,
                "rehearsal",
                EXECUTORS,
                1,
                Configuration.defaults(),
                ByteString.EMPTY,
                List.of(),
                endpoint);
        DriverHost host = DriverHost.start(settings, cluster);
        host.install();
        Path text = Files.writeString(directory.resolve("text"), "one two two\nthree three three\n");
        countWords(text.toUri().toString(), directory.resolve("counts").toUri().toString());
        Runtime.getRuntime().halt(0);
    }

    private static void countWords(String input, String output) {
        try (Session session = Session.builder().name("rehearsal").build()) {
            session.textFile(input, EXECUTORS)
                    .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                    .mapToPair(word -> Pair.of(word, 1L))
                    .reduceByKey(Long::sum)
                    .sortByKey()
                    .saveAsTextFile(output);
            session.parallelize(List.of(1, 2, 3)).map(number -> number + 1).collect();
        }
    }
}
