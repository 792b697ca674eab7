import io.raddle.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A session that has run a job and waits for the next. Arguments: report file, a file whose presence ends it. */
public final class Idle {
    public static void main(String[] arguments) throws Exception {
        try (Session session = Session.builder().name("Idle").build()) {
            session.parallelize(List.of(1, 2, 3, 4), 4).foreach(number -> {});
            Files.writeString(Path.of(arguments[0]), "idle=1\n");
            while (!Files.exists(Path.of(arguments[1]))) {
                Thread.sleep(100);
            }
        }
    }
}
