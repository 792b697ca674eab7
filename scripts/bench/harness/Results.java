import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The samples of a run, and which engines failed at which works: such a row has no figures. */
final class Results {
    private final Map<Key, List<Sample>> samples = new HashMap<>();
    private final Set<Key> failed = new HashSet<>();
    private final Set<String> failures = new LinkedHashSet<>();

    private record Key(String engine, String work) {}

    void add(Engine engine, Work work, Sample sample) {
        samples.computeIfAbsent(new Key(engine.name(), work.name()), key -> new ArrayList<>())
                .add(sample);
    }

    void fail(Engine engine, Work work, String why) {
        failed.add(new Key(engine.name(), work.name()));
        failures.add(engine.name() + ", " + work.summary() + ": " + why);
    }

    Set<String> failures() {
        return failures;
    }

    /** None for a row that failed. */
    List<Sample> of(String engine, Work work) {
        return failed(engine, work) ? List.of() : samples.getOrDefault(new Key(engine, work.name()), List.of());
    }

    boolean failed(String engine, Work work) {
        return failed.contains(new Key(engine, work.name()));
    }
}
