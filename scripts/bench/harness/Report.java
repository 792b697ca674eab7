import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Writes what was measured: a table in Markdown and a picture of the ratios. */
final class Report {
    private final Options options;
    private final String commandLine;
    private final Path home;

    /** Home is the directory of the benchmark. */
    Report(Options options, String commandLine, Path home) {
        this.options = options;
        this.commandLine = commandLine;
        this.home = home;
    }

    /** What these rounds showed, into {@code directory}; returns the page. */
    String write(List<Work> works, Results results, int rounds, Path directory) throws IOException {
        List<Row> rows = Row.of(works, results);
        String name = LocalDate.now()
                + (options.scale() ? "-scale" : "")
                + "-hadoop-"
                + options.hadoopVersion()
                + options.part();
        StringBuilder page = new StringBuilder("# Raddle and Spark on one cluster, " + LocalDate.now() + "\n\n");
        page.append(circumstances(rounds)).append(table(rows));
        for (String failure : results.failures()) {
            page.append("\nFailed: ").append(failure).append('\n');
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name + ".md"), page);
        Picture.draw(
                rows,
                "Cost of Raddle relative to Spark 3.5.6" + quickly() + " (shorter is better; Spark = 1, line: goal)",
                directory.resolve(name + ".svg"));
        return page.toString();
    }

    private String circumstances(int rounds) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("Command: `").append(("scripts/bench/bench " + commandLine).strip()).append("`. ");
        text.append(Machine.describe()).append(" Hadoop ").append(options.hadoopVersion());
        text.append(" as separate processes, 2 NodeManagers; Spark 3.5.6; Raddle ");
        text.append(Machine.revision(home)).append(".\n\n");
        text.append(Machine.load()).append(' ');
        text.append(
                options.quick()
                        ? "One round over small inputs, which shows that all works: the ratios say little.\n"
                        : "Medians of " + rounds + " interleaved rounds (in parentheses the range).\n");
        text.append("Cluster mode; application master 1 GiB, two executors of one core in containers of 2 GiB (on ");
        text.append("one core: one executor). The thread is a plain Java program on the same files.\n");
        return text.append("How it is measured: `scripts/bench/README.md`.\n\n").toString();
    }

    private String quickly() {
        return options.quick() ? ", small inputs" : "";
    }

    private String table(List<Row> rows) {
        StringBuilder table = new StringBuilder();
        table.append("| measure | Spark | Raddle | Raddle / Spark").append(quickly()).append(" | must reach: reached ");
        table.append("| one thread | Raddle / thread").append(quickly()).append(" | Raddle on one core ");
        table.append("| on one core / thread").append(quickly()).append(" |\n|---|---|---|---|---|---|---|---|---|\n");
        rows.forEach(row -> table.append(row.line()));
        return table.toString();
    }
}
