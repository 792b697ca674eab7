import java.io.IOException;
import java.util.List;

/** Many small jobs in one session, and what one of a single task takes there. */
record JobsWork(int jobs) implements Work {
    private static final int TASKS_PER_JOB = 8;

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public String summary() {
        return "many small jobs in one session";
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.rate("small jobs of 8 tasks, first time", "firstRate", "jobs/s", Goal.NONE),
                Measure.rate("small jobs of 8 tasks, third time", "thirdRate", "jobs/s", Goal.ratioAtLeast(10)),
                Measure.cost("job of one task in a session, median", "p50", "ms", Goal.below(3, "ms")),
                Measure.cost("job of one task in a session, 95 of 100", "p95", "ms", Goal.NONE));
    }

    @Override
    public Sample run(Engine engine, Runner runner) throws IOException, InterruptedException {
        Sample sample = runner.run(
                engine,
                "SmallJobs",
                List.of(
                        runner.nextReport().toString(),
                        Integer.toString(jobs),
                        Integer.toString(TASKS_PER_JOB)));
        return sample.with("firstRate", jobs / sample.pass(1)).with("thirdRate", jobs / sample.pass(3));
    }
}
