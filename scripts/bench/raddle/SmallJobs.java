import io.raddle.Rdd;
import io.raddle.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Many small jobs one after the other, three times over, and then as many of one task. Arguments: report file, number
 * of jobs, number of tasks in each.
 */
public final class SmallJobs {
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int jobs = Integer.parseInt(arguments[1]);
        int tasks = Integer.parseInt(arguments[2]);
        try (Session session = Session.builder().name("SmallJobs").build()) {
            report(report, "began", now());
            for (int pass = 1; pass <= 3; pass++) {
                for (int job = 0; job < jobs; job++) {
                    count(session, tasks);
                }
                report(report, "ended" + pass, now());
            }
            double[] millis = new double[jobs];
            for (int job = 0; job < jobs; job++) {
                long began = System.nanoTime();
                count(session, 1);
                millis[job] = (System.nanoTime() - began) / 1e6;
            }
            Arrays.sort(millis);
            report(report, "p50", millis[jobs / 2]);
            report(report, "p95", millis[jobs * 95 / 100]);
        }
    }

    /** Each job is of an Rdd of its own, as in a session that answers questions. */
    private static void count(Session session, int tasks) {
        Rdd<Integer> numbers =
                session.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
        long counted = numbers.map(number -> number + 1).count();
        if (counted != tasks) {
            throw new IllegalStateException(counted + " records were counted instead of " + tasks);
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    private static void report(Path report, String name, double value) throws IOException {
        String line = name + "=" + value + "\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
