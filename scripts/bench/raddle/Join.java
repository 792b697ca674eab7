import io.raddle.PairRdd;
import io.raddle.Session;
import io.raddle.function.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Counts the pairs of two tables. Arguments: report file, number of passes, output (unused), left, right. */
public final class Join {
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("Join").build()) {
            clock(report, "began");
            for (int pass = 1; pass <= passes; pass++) {
                long pairs = rows(session, arguments[3]).join(rows(session, arguments[4])).count();
                report(report, "answer" + pass, pairs);
                clock(report, "ended" + pass);
            }
        }
    }

    private static PairRdd<Integer, Integer> rows(Session session, String path) {
        return session.textFile(path).mapToPair(line -> {
            int tab = line.indexOf('\t');
            return new Pair<>(
                    Integer.parseInt(line, 0, tab, 10), Integer.parseInt(line, tab + 1, line.length(), 10));
        });
    }

    private static void clock(Path report, String name) throws IOException {
        report(report, name, System.currentTimeMillis() / 1e3);
    }

    private static void report(Path report, String name, double value) throws IOException {
        String line = name + "=" + value + "\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
