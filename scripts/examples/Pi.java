import io.raddle.Session;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Estimates pi by throwing darts at a square.
 *
 * <pre>
 * scripts/yarn-submit --master embedded --num-executors 2 scripts/examples/Pi.java 20 1000000
 * </pre>
 *
 * Arguments: number of tasks, darts per task.
 */
public final class Pi {
    public static void main(String[] arguments) {
        int tasks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int darts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        try (Session session = Session.builder().name("pi").build()) {
            long hits = session.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                    .map(seed -> hits(seed, darts))
                    .reduce(Long::sum);
            System.out.printf("pi is about %.6f%n", 4.0 * hits / ((double) tasks * darts));
        }
    }

    private static long hits(int seed, int darts) {
        SplittableRandom random = new SplittableRandom(seed);
        long hits = 0;
        for (int dart = 0; dart < darts; dart++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            if (x * x + y * y <= 1) {
                hits++;
            }
        }
        return hits;
    }
}
