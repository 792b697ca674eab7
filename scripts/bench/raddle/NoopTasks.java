import io.raddle.Rdd;
import io.raddle.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/** Many tasks that do nothing, three times over. Arguments: report file, number of tasks. */
public final class NoopTasks {
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int tasks = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("NoopTasks").build()) {
            Rdd<Integer> rdd =
                    session.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
            clock(report, "began");
            for (int pass = 1; pass <= 3; pass++) {
                rdd.foreach(number -> {});
                clock(report, "ended" + pass);
            }
        }
    }

    private static void clock(Path report, String name) throws IOException {
        String line = name + "=" + System.currentTimeMillis() / 1e3 + "\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
