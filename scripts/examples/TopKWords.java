import io.raddle.Session;
import io.raddle.function.Pair;
import java.util.Arrays;
import java.util.Locale;

/**
 * The K most frequent words of a text, ignoring case, punctuation and words of one or two letters.
 *
 * <pre>
 * scripts/yarn-submit --master embedded scripts/examples/TopKWords.java "file:$PWD/README.md" 10
 * </pre>
 */
public final class TopKWords {
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("Usage: TopKWords INPUT K");
            System.exit(2);
        }
        int k = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("top " + k + " words").build()) {
            session.textFile(arguments[0])
                    .flatMap(line -> Arrays.asList(line.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
                            .iterator())
                    .filter(word -> word.length() > 2)
                    .mapToPair(word -> Pair.of(word, 1))
                    .reduceByKey(Integer::sum)
                    .top(k, TopKWords::byFrequency)
                    .forEach(count -> System.out.println(count.key() + " " + count.value()));
        }
    }

    private static int byFrequency(Pair<String, Integer> one, Pair<String, Integer> other) {
        int byCount = Integer.compare(one.value(), other.value());
        return byCount != 0 ? byCount : other.key().compareTo(one.key());
    }
}
