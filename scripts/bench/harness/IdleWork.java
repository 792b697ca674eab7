import java.io.IOException;
import java.util.List;

/** A session that has worked and waits. */
record IdleWork() implements Work {
    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String summary() {
        return "a session that waits, with two executors";
    }

    @Override
    public List<Measure> measures() {
        return List.of(Measure.cost("idle session, resident", "resident", "MiB", Goal.ratioAtMost(0.6)));
    }

    @Override
    public Sample run(Engine engine, Runner runner) throws IOException, InterruptedException {
        return runner.runIdle(engine, "Idle");
    }
}
