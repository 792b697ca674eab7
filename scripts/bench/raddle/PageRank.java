import io.raddle.PairRdd;
import io.raddle.Session;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.StreamSupport;

/** Arguments: report file, number of passes, output, edges, number of iterations. */
public final class PageRank {
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("PageRank").build()) {
            clock(report, "began");
            for (int pass = 1; pass <= passes; pass++) {
                rank(session, arguments[3], Integer.parseInt(arguments[4]), arguments[2] + "/" + pass);
                clock(report, "ended" + pass);
            }
        }
    }

    private static void rank(Session session, String edges, int iterations, String output) {
        Partitioner partitioner = new HashPartitioner(session.defaultParallelism());
        PairRdd<Integer, int[]> links = session.textFile(edges)
                .mapToPair(PageRank::edge)
                .groupByKey(partitioner)
                .mapValues(PageRank::array)
                .cache();
        PairRdd<Integer, Double> ranks = links.mapValues(targets -> 1.0);
        for (int iteration = 0; iteration < iterations; iteration++) {
            ranks = links.join(ranks, partitioner)
                    .values()
                    .flatMapToPair(joined -> shares(joined.left(), joined.right()))
                    .reduceByKey(partitioner, Double::sum)
                    .mapValues(received -> 0.15 + 0.85 * received);
        }
        ranks.map(rank -> rank.key() + "\t" + rank.value()).saveAsTextFile(output);
        links.unpersist();
    }

    private static Pair<Integer, Integer> edge(String line) {
        int tab = line.indexOf('\t');
        return new Pair<>(
                Integer.parseInt(line, 0, tab, 10), Integer.parseInt(line, tab + 1, line.length(), 10));
    }

    private static int[] array(Iterable<Integer> numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Iterator<Pair<Integer, Double>> shares(int[] targets, double rank) {
        double share = rank / targets.length;
        return Arrays.stream(targets)
                .mapToObj(target -> new Pair<>(target, share))
                .iterator();
    }

    private static void clock(Path report, String name) throws IOException {
        String line = name + "=" + System.currentTimeMillis() / 1e3 + "\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
