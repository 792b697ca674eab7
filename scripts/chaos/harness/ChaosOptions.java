import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The command line, checked. */
record ChaosOptions(long seed, int minutes, int jobs, int size, int faults, Optional<Path> conf) {
    static final String USAGE = """
            Usage: chaos [options]
              --minutes N   goes on for so long (default 60)
              --jobs N      ends after so many jobs (default: by time)
              --seed N      what is computed, and what is done to whom and when (default 1)
              --size N      numbers in each computation (default 3000000)
              --faults N    most faults in one job (default 2)
              --conf DIR    a cluster of this machine that runs already (default: one of its own)
            Exit code 1 when an answer was wrong or a job failed.""";

    static ChaosOptions parse(String[] words) {
        long seed = 1;
        int minutes = 60;
        int jobs = Integer.MAX_VALUE;
        int size = 3_000_000;
        int faults = 2;
        Optional<Path> conf = Optional.empty();
        Deque<String> rest = new ArrayDeque<>(List.of(words));
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--seed" -> seed = number(option, rest, 0);
                case "--minutes" -> minutes = number(option, rest, 1);
                case "--jobs" -> jobs = number(option, rest, 1);
                case "--size" -> size = number(option, rest, 1);
                case "--faults" -> faults = number(option, rest, 0);
                case "--conf" -> conf = Optional.of(Path.of(value(option, rest)));
                default -> throw new IllegalArgumentException("Unknown option " + option + ". --help tells all.");
            }
        }
        return new ChaosOptions(seed, minutes, jobs, size, faults, conf);
    }

    private static int number(String option, Deque<String> rest, int least) {
        String text = value(option, rest);
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " " + text + ": give a whole number from " + least + " on.");
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value.");
        }
        return rest.remove();
    }
}
