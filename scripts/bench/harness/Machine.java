import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Says where a result comes from. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException {
        return String.format(
                Locale.ROOT,
                "Machine: %d cores (%s), %d GiB, JDK %s.",
                Runtime.getRuntime().availableProcessors(),
                field(Path.of("/proc/cpuinfo"), "model name"),
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) >> 20,
                Runtime.version());
    }

    private static String field(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** A benchmark of a busy machine says little beyond its ratios. */
    static String load() throws IOException {
        String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return "Load average over the last 15 minutes: " + averages[2] + ".";
    }

    /** The commit of the checkout, as far as Git tells. */
    static String revision(Path directory) throws IOException {
        try {
            Process git = new ProcessBuilder(List.of("git", "describe", "--always", "--dirty"))
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String revision = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return revision.isEmpty() ? "of unknown revision" : revision;
        } catch (IOException e) {
            return "of unknown revision";
        }
    }
}
