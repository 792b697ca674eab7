import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Raddle as the README tells: one source file, submitted as it is. */
final class Raddle implements Engine {
    private final Path submit;
    private final Path programs;
    private final Path conf;
    private final Kind kind;

    Raddle(Path submit, Path programs, Path conf, Kind kind) {
        if (!Files.isExecutable(submit)) {
            throw new BenchException("There is no " + submit + "; name other engines with --engines.");
        }
        this.submit = submit;
        this.programs = programs;
        this.conf = conf;
        this.kind = kind;
    }

    @Override
    public String name() {
        return kind == Kind.ONE_CORE ? "Raddle on one core" : "Raddle";
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public ProcessBuilder submit(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                submit.toString(),
                "--master=yarn",
                "--deploy-mode=cluster",
                "--num-executors=" + (kind == Kind.ONE_CORE ? 1 : 2),
                "--executor-cores=1",
                "--executor-memory=2g",
                "--driver-memory=1g",
                programs.resolve(program + ".java").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HADOOP_CONF_DIR", conf.toString());
        return builder;
    }
}
