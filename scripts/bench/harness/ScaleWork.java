import java.io.IOException;
import java.util.List;

/** One point of a curve: a program of the data works on one size, submitted by the engines only. */
record ScaleWork(DataWork data) implements Work {
    @Override
    public String name() {
        return data.name();
    }

    @Override
    public String summary() {
        return data.summary();
    }

    @Override
    public List<Input> inputs() {
        return data.inputs();
    }

    @Override
    public List<Measure> measures() {
        return data.measures();
    }

    @Override
    public Sample run(Engine engine, Runner runner) throws IOException, InterruptedException {
        return data.once(engine, runner);
    }
}
