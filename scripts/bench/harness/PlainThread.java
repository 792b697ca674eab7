import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * What one thread of plain Java does with the same files, as in "Scalability! But at what COST?" (McSherry and others,
 * HotOS 2015). It reads and writes HDFS by the client of the Hadoop that the cluster runs, and may use as much memory
 * as the executors have together.
 */
final class PlainThread implements Engine {
    private final String classPath;

    PlainThread(Path sources, Path classes, Path hadoopLibraries, Path conf) throws IOException {
        Files.createDirectories(classes);
        String hadoop = String.join(":", files(hadoopLibraries));
        classPath = classes + ":" + conf + ":" + hadoop;
        List<String> arguments =
                new ArrayList<>(List.of("-cp", hadoop, "-proc:none", "-d", classes.toString()));
        arguments.addAll(files(sources));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new BenchException("The plain programs in " + sources + " do not compile.");
        }
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString).sorted().toList();
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
                classPath,
                program));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
