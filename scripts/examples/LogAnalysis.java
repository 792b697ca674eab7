import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.function.Pair;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Debian machine installed, by its package log: actions per day, and the packages that changed most often.
 *
 * <pre>
 * scripts/yarn-submit --master embedded scripts/examples/LogAnalysis.java file:///var/log/dpkg.log
 * </pre>
 */
public final class LogAnalysis {
    private static final Pattern LINE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d) (install|upgrade|remove|purge) ([^ :]+)(?::\\S+)? .*");
    private static final int SHOWN = 10;

    /** One line that says that a package changed. */
    record Change(String day, String action, String packageName) implements Serializable {
        static Optional<Change> parse(String line) {
            Matcher matcher = LINE.matcher(line);
            return matcher.matches()
                    ? Optional.of(new Change(matcher.group(1), matcher.group(3), matcher.group(4)))
                    : Optional.empty();
        }
    }

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Usage: LogAnalysis LOG");
            System.exit(2);
        }
        try (Session session = Session.builder().name("log analysis").build()) {
            Rdd<Change> changes = session.textFile(arguments[0])
                    .flatMap(line -> Change.parse(line).stream().iterator());

            System.out.println("Changes per day and action:");
            changes.mapToPair(change -> Pair.of(change.day() + " " + change.action(), 1))
                    .reduceByKey(Integer::sum)
                    .sortByKey()
                    .collect()
                    .forEach(count -> System.out.println("  " + count.key() + " " + count.value()));

            System.out.println("Packages that changed most often:");
            changes.mapToPair(change -> Pair.of(change.packageName(), 1))
                    .reduceByKey(Integer::sum)
                    .top(SHOWN, LogAnalysis::byCount)
                    .forEach(count -> System.out.println("  " + count.key() + " " + count.value()));
        }
    }

    private static int byCount(Pair<String, Integer> one, Pair<String, Integer> other) {
        int byCount = Integer.compare(one.value(), other.value());
        return byCount != 0 ? byCount : other.key().compareTo(one.key());
    }
}
