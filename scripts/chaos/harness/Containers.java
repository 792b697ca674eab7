import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The container processes of one application on this machine, and signals to them. */
record Containers(String application) {
    /** JVMs whose main class has this simple name. */
    List<Long> running(String mainClass) {
        String number = application.substring("application".length());
        List<Long> found = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(process -> {
            String line = commandLine(process.pid());
            if (line.contains("." + mainClass) && line.contains("container") && line.contains(number) && isJvm(line)) {
                found.add(process.pid());
            }
        });
        return found;
    }

    private static boolean isJvm(String line) {
        return line.substring(0, Math.max(0, line.indexOf(' '))).endsWith("/java");
    }

    private static String commandLine(long pid) {
        try {
            byte[] words = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
            return new String(words, StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }
}
