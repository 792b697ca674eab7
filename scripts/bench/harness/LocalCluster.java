import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The cluster that both engines run on: every daemon a process of its own, two NodeManagers. */
final class LocalCluster implements AutoCloseable {
    private final Path script;
    private final String hadoopVersion;
    private final Path directory;
    private final Properties state = new Properties();

    LocalCluster(Path script, Path directory, String hadoopVersion) throws IOException, InterruptedException {
        this.script = script;
        this.hadoopVersion = hadoopVersion;
        this.directory = directory;
        run("stop");
        run("start", "--processes", "--node-managers", "2", "--hadoop-version", hadoopVersion);
        try (Reader reader = Files.newBufferedReader(directory.resolve("cluster.properties"))) {
            state.load(reader);
        }
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--dir", directory.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new BenchException("The local cluster did not " + arguments[0] + ".");
        }
    }

    Path conf() {
        return directory.resolve("conf");
    }

    /** The jars that the daemons run from. */
    Path hadoopLibraries() {
        return script.resolveSibling("cluster").resolve("target").resolve(hadoopVersion).resolve("lib");
    }

    Hdfs hdfs() {
        return new Hdfs(state.getProperty("web.namenode"), state.getProperty("web.datanode"));
    }

    Set<Long> nodeManagers() throws IOException {
        Set<Long> pids = new TreeSet<>();
        for (int number = 1; number <= 2; number++) {
            Path file = directory.resolve("pids").resolve("nodemanager-" + number + ".pid");
            pids.add(Long.parseLong(Files.readAllLines(file).get(0)));
        }
        return pids;
    }

    @Override
    public void close() throws IOException {
        try {
            run("stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
