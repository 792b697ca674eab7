import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Does to one job what its seed says, beside it. One thread; what was done is read when the thread has ended. */
final class Trouble extends Thread {
    private static final int FROZEN_MILLIS = 9000;

    /** A fault and when it is due. */
    record Due(Fault fault, long millis) {}

    private final List<Due> plan;
    private final Submit job;
    private final Random random;
    private final List<Due> done = new ArrayList<>();

    private Trouble(List<Due> plan, Submit job, Random random) {
        super("chaos-trouble");
        this.plan = plan;
        this.job = job;
        this.random = random;
        setDaemon(true);
    }

    /** Up to {@code most} faults within {@code calmMillis}. */
    static Trouble of(Submit job, int most, long calmMillis, Random random) {
        List<Due> plan = new ArrayList<>();
        int count = most == 0 ? 0 : 1 + random.nextInt(most);
        for (int each = 0; each < count; each++) {
            Fault fault = Fault.values()[random.nextInt(job.clientMode() ? 3 : 2)];
            plan.add(new Due(fault, (long) (calmMillis * (0.4 + 0.5 * random.nextDouble()))));
        }
        plan.sort((one, other) -> Long.compare(one.millis(), other.millis()));
        return new Trouble(plan, job, random);
    }

    @Override
    public void run() {
        try {
            long began = System.nanoTime();
            for (Due due : plan) {
                sleep(Math.max(0, due.millis() - (System.nanoTime() - began) / 1_000_000));
                long at = (System.nanoTime() - began) / 1_000_000;
                if (strike(due.fault())) {
                    done.add(new Due(due.fault(), at));
                }
            }
        } catch (InterruptedException over) {
            // The job has ended.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean strike(Fault fault) throws IOException, InterruptedException {
        Containers containers = new Containers(job.application().orElse("application_none"));
        List<Long> victims = containers.running(fault.victim());
        if (victims.isEmpty()) {
            return false;
        }
        long victim = victims.get(random.nextInt(victims.size()));
        if (fault == Fault.EXECUTOR_FROZEN) {
            Containers.signal("STOP", victim);
            try {
                sleep(FROZEN_MILLIS);
            } finally {
                Containers.signal("CONT", victim);
            }
        } else {
            Containers.signal("KILL", victim);
        }
        return true;
    }

    /** What was done to the job, once that has ended. */
    List<Due> end() throws InterruptedException {
        interrupt();
        join();
        return done;
    }
}
