import io.raddle.Session;
import io.raddle.function.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.StreamSupport;

/**
 * The median of the values of each key, which only all of them tell. Arguments: report file, number of passes, output,
 * input, number of partitions.
 */
public final class GroupMedians {
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("GroupMedians").build()) {
            clock(report, "began");
            for (int pass = 1; pass <= passes; pass++) {
                group(session, arguments[3], Integer.parseInt(arguments[4]), arguments[2] + "/" + pass);
                clock(report, "ended" + pass);
            }
        }
    }

    private static void group(Session session, String input, int partitions, String output) {
        session.textFile(input)
                .mapToPair(line -> {
                    int tab = line.indexOf('\t');
                    return new Pair<>(
                            Integer.parseInt(line, 0, tab, 10), Integer.parseInt(line, tab + 1, line.length(), 10));
                })
                .groupByKey(partitions)
                .mapValues(GroupMedians::median)
                .map(median -> median.key() + "\t" + median.value())
                .saveAsTextFile(output);
    }

    private static int median(Iterable<Integer> values) {
        int[] sorted = StreamSupport.stream(values.spliterator(), false)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static void clock(Path report, String name) throws IOException {
        String line = name + "=" + System.currentTimeMillis() / 1e3 + "\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
