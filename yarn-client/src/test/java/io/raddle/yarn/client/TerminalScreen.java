package io.raddle.yarn.client;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A command at a real pseudo-terminal, which tmux holds; keys go in and the screen is what a person sees. */
final class TerminalScreen implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final List<String> tmux;

    TerminalScreen(Path directory, String command) throws Exception {
        // A server of its own, since one that was told to end may still be there.
        Path socket = Files.createTempDirectory(directory, "tmux").resolve("socket");
        this.tmux = List.of("tmux", "-f", "/dev/null", "-S", socket.toString());
        // The end of the command stays on the screen.
        run("new-session", "-d", "-x", "120", "-y", "50", command + "; echo ended with $?; cat");
    }

    static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Types a text and the key Enter. */
    void line(String text) throws Exception {
        text(text);
        key("Enter");
    }

    void text(String text) throws Exception {
        // tmux would take a semicolon at the end for the end of its command.
        run("send-keys", "-l", "--", text.replaceFirst(";$", "\\\\;"));
    }

    /** Presses a key by its name, as C-c. */
    void key(String name) throws Exception {
        run("send-keys", name);
    }

    /** Waits until the screen fits; what stands on it then. */
    String awaitScreen(String what, Predicate<String> fits) {
        await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(this::screen, fits);
        return screen();
    }

    String screen() {
        try {
            return run("capture-pane", "-p").stripTrailing();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(tmux);
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    @Override
    public void close() throws Exception {
        run("kill-server");
    }
}
