import java.io.IOException;
import java.util.List;

/** What it takes to get anything done: a submit with one task. */
record SubmitWork() implements Work {
    @Override
    public String name() {
        return "trivial";
    }

    @Override
    public String summary() {
        return "one task that does nothing, two executors asked for";
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.cost("trivial job, submit to exit", "wall", "s", Goal.ratioAtMost(0.35)),
                Measure.cost("trivial job, CPU", "cpu", "s", Goal.ratioAtMost(0.4)),
                Measure.cost("trivial job, peak memory", "peak", "MiB", Goal.NONE),
                Measure.cost("bytes written to HDFS by a further submit", "written", "B", Goal.NONE));
    }

    @Override
    public Sample run(Engine engine, Runner runner) throws IOException, InterruptedException {
        return runner.runCountingBytes(engine, "Trivial");
    }
}
