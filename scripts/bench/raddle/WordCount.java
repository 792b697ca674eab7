import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.function.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Arguments: report file, number of passes, output, input, if wanted a number of partitions. */
public final class WordCount {
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("WordCount").build()) {
            clock(report, "began");
            for (int pass = 1; pass <= passes; pass++) {
                count(session, arguments, arguments[2] + "/" + pass);
                clock(report, "ended" + pass);
            }
        }
    }

    private static void count(Session session, String[] arguments, String output) {
        boolean asked = arguments.length > 4;
        int partitions = asked ? Integer.parseInt(arguments[4]) : 0;
        Rdd<String> lines = asked ? session.textFile(arguments[3], partitions) : session.textFile(arguments[3]);
        PairRdd<String, Long> ones = lines.flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Pair<>(word, 1L));
        PairRdd<String, Long> counts =
                asked ? ones.reduceByKey(Long::sum, partitions) : ones.reduceByKey(Long::sum);
        counts.map(count -> count.key() + "\t" + count.value()).saveAsTextFile(output);
    }

    private static void clock(Path report, String name) throws IOException {
        String line = name + "=" + System.currentTimeMillis() / 1e3 + "\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
