import io.raddle.PairRdd;
import io.raddle.Session;
import io.raddle.function.Pair;
import java.util.Arrays;

/**
 * Counts the words of a text.
 *
 * <pre>
 * scripts/yarn-submit --master embedded scripts/examples/WordCount.java "file:$PWD/README.md"
 * scripts/yarn-submit scripts/examples/WordCount.java hdfs:///data/text hdfs:///data/counts
 * </pre>
 *
 * With one argument the most frequent words are printed; with two all are written, one "word count" per line.
 */
public final class WordCount {
    private static final int SHOWN = 20;

    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("Usage: WordCount INPUT [OUTPUT]");
            System.exit(2);
        }
        try (Session session = Session.builder().name("word count").build()) {
            PairRdd<String, Long> counts = session.textFile(arguments[0])
                    .flatMap(line -> Arrays.asList(line.split("\\s+")).iterator())
                    .filter(word -> !word.isEmpty())
                    .mapToPair(word -> Pair.of(word, 1L))
                    .reduceByKey(Long::sum);
            if (arguments.length == 2) {
                counts.sortByKey()
                        .map(count -> count.key() + " " + count.value())
                        .saveAsTextFile(arguments[1]);
            } else {
                counts.takeOrdered(SHOWN, WordCount::byFrequency)
                        .forEach(count -> System.out.printf("%8d %s%n", count.value(), count.key()));
            }
        }
    }

    private static int byFrequency(Pair<String, Long> one, Pair<String, Long> other) {
        int byCount = Long.compare(other.value(), one.value());
        return byCount != 0 ? byCount : one.key().compareTo(other.key());
    }
}
