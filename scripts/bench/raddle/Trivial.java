import io.raddle.Session;
import java.util.List;

/** One task that does nothing. */
public final class Trivial {
    public static void main(String[] arguments) {
        try (Session session = Session.builder().name("Trivial").build()) {
            session.parallelize(List.of(1), 1).foreach(number -> {});
        }
    }
}
