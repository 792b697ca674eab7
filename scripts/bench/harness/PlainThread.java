import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * What one thread of plain Java does with the same files, as in "Scalability! But at what COST?" (McSherry and others,
 * HotOS 2015). It reads and writes HDFS by the client of the Hadoop that the cluster runs, and may use as much memory as
 * the executors have together.
 */
final class PlainThread implements Engine {
    private final Path classes;
    private final Path hadoopLibraries;
    private final Path conf;

    PlainThread(Path sources, Path classes, Path hadoopLibraries, Path conf) throws IOException {
        this.classes = Files.createDirectories(classes);
        this.hadoopLibraries = hadoopLibraries;
        this.conf = conf;
        compile(sources);
    }

    private void compile(Path sources) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-cp", hadoopLibraries + "/*", "-proc:none", "-d", classes.toString()));
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).sorted().forEach(arguments::add);
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new BenchException("The plain programs in " + sources + " do not compile.");
        }
    }

    @Override
    public String name() {
        return "thread";
    }

    @Override
    public Kind kind() {
        return Kind.ONE_THREAD;
    }

    @Override
    public ProcessBuilder submit(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx4g",
                "-XX:+UseSerialGC",
                "-cp",
                classes + ":" + conf + ":" + hadoopLibraries + "/*",
                program));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
