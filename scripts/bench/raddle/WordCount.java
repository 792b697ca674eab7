import io.raddle.Session;
import io.raddle.function.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Arguments: input, output, report file. */
public final class WordCount {
    public static void main(String[] arguments) throws Exception {
        try (Session session = Session.builder().name("WordCount").build()) {
            long began = System.nanoTime();
            session.textFile(arguments[0])
                    .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                    .mapToPair(word -> new Pair<>(word, 1L))
                    .reduceByKey(Long::sum)
                    .map(count -> count.key() + "\t" + count.value())
                    .saveAsTextFile(arguments[1]);
            Files.writeString(Path.of(arguments[2]), "job=" + (System.nanoTime() - began) / 1e9 + "\n");
        }
    }
}
