import io.raddle.Rdd;
import io.raddle.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Many tasks that do nothing, three times over. Arguments: number of tasks, report file. */
public final class NoopTasks {
    public static void main(String[] arguments) throws Exception {
        int tasks = Integer.parseInt(arguments[0]);
        StringBuilder report = new StringBuilder();
        try (Session session = Session.builder().name("NoopTasks").build()) {
            Rdd<Integer> rdd =
                    session.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
            for (String round : List.of("first", "second", "third")) {
                long began = System.nanoTime();
                rdd.foreach(number -> {});
                report.append(round)
                        .append('=')
                        .append((System.nanoTime() - began) / 1e9)
                        .append('\n');
            }
        }
        Files.writeString(Path.of(arguments[1]), report);
    }
}
