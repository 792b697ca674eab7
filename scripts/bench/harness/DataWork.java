import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A program that reads files in HDFS and whose answer is checked. It runs once in an application of its own, and three
 * times in one session of another, where the third run is warm.
 *
 * @param more arguments of the program after report, number of runs, output and inputs
 */
record DataWork(
        String name,
        String program,
        List<Input> inputs,
        List<String> more,
        Hdfs hdfs,
        Check answer,
        List<Measure> measures)
        implements Work {
    private static final int WARM_PASSES = 3;

    @Override
    public String summary() {
        return program + " over " + inputs.stream().map(Input::path).collect(Collectors.joining(", "));
    }

    @Override
    public boolean concerns(Engine.Kind kind) {
        return true;
    }

    @Override
    public Sample run(Engine engine, Runner runner) throws IOException, InterruptedException {
        Sample warm = passes(engine, runner, WARM_PASSES);
        Sample sample = engine.kind() == Engine.Kind.ONE_CORE ? new Sample(Map.of()) : once(engine, runner);
        return sample.with("third", warm.figure("third")).with("thirdCpu", warm.figure("thirdCpu"));
    }

    Sample once(Engine engine, Runner runner) throws IOException, InterruptedException {
        return passes(engine, runner, 1);
    }

    private Sample passes(Engine engine, Runner runner, int passes) throws IOException, InterruptedException {
        String output = "/bench/output/" + program;
        hdfs.delete(output);
        List<String> arguments =
                new ArrayList<>(List.of(runner.nextReport().toString(), Integer.toString(passes), output));
        inputs.forEach(input -> arguments.add(input.path()));
        arguments.addAll(more);
        try {
            Sample sample = runner.run(engine, program, arguments);
            for (int pass = 1; pass <= passes; pass++) {
                answer.check(engine.name(), hdfs, output + "/" + pass, sample, pass);
            }
            return sample;
        } finally {
            hdfs.delete(output);
        }
    }
}
