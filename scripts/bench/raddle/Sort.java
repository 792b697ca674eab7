import io.raddle.Session;
import io.raddle.function.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sorts lines by their first 10 letters. Arguments: report file, number of passes, output, input. */
public final class Sort {
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("Sort").build()) {
            clock(report, "began");
            for (int pass = 1; pass <= passes; pass++) {
                sort(session, arguments[3], arguments[2] + "/" + pass);
                clock(report, "ended" + pass);
            }
        }
    }

    private static void sort(Session session, String input, String output) {
        session.textFile(input)
                .mapToPair(line -> new Pair<>(line.substring(0, 10), line.substring(10)))
                .sortByKey()
                .map(record -> record.key() + record.value())
                .saveAsTextFile(output);
    }

    private static void clock(Path report, String name) throws IOException {
        String line = name + "=" + System.currentTimeMillis() / 1e3 + "\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
