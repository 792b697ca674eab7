import java.io.IOException;
import java.util.List;

/** Tasks that do nothing, in one stage, three times over. */
record TasksWork(int tasks) implements Work {
    @Override
    public String name() {
        return "noop";
    }

    @Override
    public String summary() {
        return "tasks that do nothing, in one stage";
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.rate("no-op tasks, first time", "firstRate", "tasks/s", Goal.NONE),
                Measure.rate("no-op tasks, third time", "thirdRate", "tasks/s", Goal.ratioAtLeast(30)),
                Measure.cost("no-op tasks, third time, CPU per task, driver", "driverMicros", "µs", Goal.NONE),
                Measure.cost("no-op tasks, third time, CPU per task, executors", "executorMicros", "µs", Goal.NONE));
    }

    @Override
    public Sample run(Engine engine, Runner runner) throws IOException, InterruptedException {
        Sample sample = runner.run(
                engine,
                "NoopTasks",
                List.of(runner.nextReport().toString(), Integer.toString(tasks)));
        return sample.with("firstRate", tasks / sample.pass(1))
                .with("thirdRate", tasks / sample.pass(3))
                .with("driverMicros", 1e6 * sample.figure("thirdDriverCpu") / tasks)
                .with("executorMicros", 1e6 * sample.figure("thirdExecutorCpu") / tasks);
    }
}
