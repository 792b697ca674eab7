package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.yarn.client.program.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What travels with an application is seen by its driver and by its tasks, under the names that were asked for. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class CarriedFilesIT {
    @TempDir
    Path directory;

    private Path program = Path.of("");

    @BeforeEach
    void writeProgram() throws IOException {
        program = Files.writeString(directory.resolve("Carried.java"), """
                import io.raddle.Session;
                import java.io.IOException;
                import java.io.UncheckedIOException;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.List;

                public class Carried {
                    public static void main(String[] words) {
                        System.out.println("driver " + seen());
                        try (Session session = Session.builder().name("carried").build()) {
                            session.parallelize(List.of(1, 2), 2)
                                    .map(number -> "task " + seen())
                                    .collect()
                                    .forEach(System.out::println);
                        }
                    }

                    static String seen() {
                        return String.join(
                                " ",
                                text("lookup"),
                                text("plain.txt"),
                                text("dictionary/deep/word.txt"),
                                one.Library.name(),
                                two.Library.name(),
                                System.getProperty("greeting"));
                    }

                    static String text(String file) {
                        try {
                            return Files.readString(Path.of(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }
                """);
    }

    @Test
    void findsFilesArchivesAndJarsOfOneNameUnderTheNamesThatWereAskedFor(RealCluster.Address cluster) throws Exception {
        Path renamed = Files.writeString(directory.resolve("renamed.csv"), "renamed");
        Path plain = Files.writeString(directory.resolve("plain.txt"), "plain");
        Path zip = zip("deep/word.txt", "unpacked");

        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("carrier")
                .run(
                        "--files",
                        renamed + "#lookup," + plain,
                        "--archives",
                        zip + "#dictionary",
                        "--jars",
                        library("one") + "," + library("two"),
                        "--java-options",
                        "-Dgreeting='good \"day\" $PWD'",
                        program.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        String seen = "renamed plain unpacked first-of-one first-of-two good \"day\" $PWD";
        assertThat(result.out().lines()).containsExactlyInAnyOrder("driver " + seen, "task " + seen, "task " + seen);
        Leftovers.none(cluster, "carrier", directory);
    }

    /** A jar called Library.jar, as every other one that this makes. */
    private Path library(String name) throws IOException {
        Path work = Files.createDirectory(directory.resolve(name));
        Path source = Files.writeString(work.resolve("Library.java"), """
                package %1$s;
                public class Library {
                    public static String name() { return "first-of-%1$s"; }
                    public static void main(String[] words) {}
                }
                """.formatted(name));
        return Program.of(source, Optional.empty(), List.of(), work).jars().get(0);
    }

    private Path zip(String entry, String text) throws IOException {
        Path zip = directory.resolve("archive.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zip;
    }
}
