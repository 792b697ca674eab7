import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is compared. */
enum Work {
    TRIVIAL("one task that does nothing, two executors asked for") {
        @Override
        Sample run(Engine engine, Runner runner, Setup setup) throws IOException, InterruptedException {
            return runner.runCountingBytes(engine, "Trivial");
        }
    },
    WORDCOUNT("word count over text in HDFS") {
        @Override
        Sample run(Engine engine, Runner runner, Setup setup) throws IOException, InterruptedException {
            String output = "/bench/counts";
            setup.hdfs().delete(output);
            Sample sample = runner.run(
                    engine,
                    "WordCount",
                    List.of(setup.text(), output, runner.nextReport().toString()));
            setup.checkAnswer(engine, setup.hdfs().lines(output));
            return sample;
        }
    },
    NOOP("tasks that do nothing, in one stage") {
        @Override
        Sample run(Engine engine, Runner runner, Setup setup) throws IOException, InterruptedException {
            Sample sample = runner.run(
                    engine,
                    "NoopTasks",
                    List.of(Integer.toString(setup.tasks()), runner.nextReport().toString()));
            return sample.with("first", setup.tasks() / sample.figure("first"))
                    .with("third", setup.tasks() / sample.figure("third"));
        }
    },
    IDLE("a session that waits, with two executors") {
        @Override
        Sample run(Engine engine, Runner runner, Setup setup) throws IOException, InterruptedException {
            return runner.runIdle(engine, "Idle");
        }
    };

    private final String summary;

    Work(String summary) {
        this.summary = summary;
    }

    String summary() {
        return summary;
    }

    abstract Sample run(Engine engine, Runner runner, Setup setup) throws IOException, InterruptedException;

    /** Inputs, and the answer that all must agree on. */
    static final class Setup {
        private final Hdfs hdfs;
        private final String text;
        private final int tasks;
        private int answer;
        private String answeredBy = "";

        Setup(Hdfs hdfs, Path localText, int tasks) {
            this.hdfs = hdfs;
            this.text = "/bench/" + localText.getFileName();
            this.tasks = tasks;
        }

        Hdfs hdfs() {
            return hdfs;
        }

        String text() {
            return text;
        }

        int tasks() {
            return tasks;
        }

        void checkAnswer(Engine engine, List<String> lines) {
            int own = lines.stream().sorted().toList().hashCode();
            if (answeredBy.isEmpty()) {
                answer = own;
                answeredBy = engine.name();
            } else if (own != answer) {
                throw new BenchException(engine.name() + " counts other words than " + answeredBy + ".");
            }
        }
    }
}
