import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Jobs with known answers, one after the other, each with faults of its own; before the first of a mode one in peace. */
public final class Chaos {
    private static final int PARTITIONS = 24;

    private final ChaosOptions options;
    private final Path home;
    private final Path conf;
    private final Tally tally = new Tally();
    /** Of client mode and of cluster mode. */
    private final Map<Boolean, Double> calmSeconds = new HashMap<>();

    private Chaos(ChaosOptions options, Path home, Path conf) {
        this.options = options;
        this.home = home;
        this.conf = conf;
    }

    public static void main(String[] words) throws Exception {
        if (List.of(words).contains("--help")) {
            System.out.println(ChaosOptions.USAGE);
            return;
        }
        ChaosOptions options;
        try {
            options = ChaosOptions.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println("chaos: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path home = Path.of(System.getProperty("chaos.home"));
        boolean good;
        if (options.conf().isPresent()) {
            good = new Chaos(options, home, options.conf().get()).run();
        } else {
            try (OwnCluster cluster = new OwnCluster(home)) {
                good = new Chaos(options, home, cluster.conf()).run();
            }
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws Exception {
        Random random = new Random(options.seed());
        long end = System.nanoTime() + Duration.ofMinutes(options.minutes()).toNanos();
        for (int number = 1; number <= options.jobs() && System.nanoTime() < end && tally.isGood(); number++) {
            boolean clientMode = random.nextBoolean();
            if (!calmSeconds.containsKey(clientMode)) {
                calmSeconds.put(clientMode, calm(clientMode, options.seed()));
            }
            job(number, clientMode, calmSeconds.get(clientMode), new Random(random.nextLong()));
        }
        tally.print();
        return tally.isGood();
    }

    /** Seconds of a job to which nothing is done; on a new cluster the first makes it warm. */
    private double calm(boolean clientMode, long seed) throws Exception {
        double least = Double.MAX_VALUE;
        int runs = options.conf().isPresent() ? 1 : 2;
        for (int run = 1; run <= runs; run++) {
            Submit submit = submit(clientMode, seed);
            int code = submit.exitCode();
            least = Math.min(least, submit.seconds());
            if (code != 0 || !Files.readString(submit.out()).equals(answers(seed))) {
                throw new IllegalStateException("A job to which nothing was done ended with " + code + ", answers "
                        + Files.readString(submit.out()) + ": " + submit.lastWords());
            }
            submit.forget();
        }
        System.out.printf("calm, %s mode: %.1f s%n", clientMode ? "client" : "cluster", least);
        return least;
    }

    private void job(int number, boolean clientMode, double calm, Random random) throws Exception {
        long seed = random.nextLong();
        Submit submit = submit(clientMode, seed);
        Trouble trouble = Trouble.of(submit, options.faults(), (long) (calm * 1000), random);
        trouble.start();
        int code = submit.exitCode();
        double seconds = submit.seconds();
        List<Trouble.Due> done = trouble.end();
        String what = "job " + number + ", " + (clientMode ? "client" : "cluster") + " mode, " + told(done);
        String got = Files.readString(submit.out());
        if (code == 0 && got.equals(answers(seed))) {
            System.out.printf("%s: right in %.1f s%n", what, seconds);
            tally.right(seconds - calm, done);
            submit.forget();
        } else {
            String how = what + ": exit code " + code + (code == 0 ? ", WRONG ANSWER " + got : ", " + submit.lastWords())
                    + " (" + submit.err() + ")";
            System.out.println(how);
            tally.bad(how, done);
        }
    }

    private static String told(List<Trouble.Due> done) {
        return done.isEmpty()
                ? "untroubled"
                : done.stream()
                        .map(due -> due.fault() + " at " + due.millis() / 1000.0 + " s")
                        .collect(Collectors.joining(", "));
    }

    private Submit submit(boolean clientMode, long seed) throws IOException {
        return Submit.start(
                home,
                conf,
                clientMode,
                List.of(Long.toString(seed), Integer.toString(options.size()), Integer.toString(PARTITIONS)));
    }

    private String answers(long seed) {
        Work work = new Work(seed);
        return "words " + work.words(options.size()) + "\njoined " + work.joined(options.size()) + "\nsorted "
                + work.sorted(options.size()) + "\nkept " + work.kept(options.size()) + "\n";
    }
}
