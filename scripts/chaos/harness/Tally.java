import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of the jobs so far. */
final class Tally {
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<Double> extraSeconds = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();
    private int right;

    void right(double secondsOverCalm, List<Trouble.Due> done) {
        right++;
        extraSeconds.add(secondsOverCalm);
        count(done);
    }

    void bad(String how, List<Trouble.Due> done) {
        bad.add(how);
        count(done);
    }

    private void count(List<Trouble.Due> done) {
        done.forEach(due -> faults.merge(due.fault(), 1, Integer::sum));
    }

    boolean isGood() {
        return bad.isEmpty();
    }

    void print() {
        System.out.println();
        for (Fault fault : Fault.values()) {
            System.out.printf("%-16s %d times%n", fault, faults.getOrDefault(fault, 0));
        }
        System.out.printf("%d jobs right, %d not%n", right, bad.size());
        bad.forEach(how -> System.out.println("  " + how));
        if (!extraSeconds.isEmpty()) {
            Collections.sort(extraSeconds);
            System.out.printf(
                    "over the calm run: median %.1f s, most %.1f s%n",
                    extraSeconds.get(extraSeconds.size() / 2), extraSeconds.get(extraSeconds.size() - 1));
        }
    }
}
