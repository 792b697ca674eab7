package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a person has it before them, with executors in its own process. */
@Timeout(300)
class ShellTerminalIT {
    @TempDir
    Path directory;

    private TerminalScreen terminal;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(TerminalScreen.isInstalled(), "tmux is not installed");
        terminal = begin("");
        terminal.awaitScreen("a prompt", screen -> screen.endsWith("raddle>"));
    }

    @AfterEach
    void end() throws Exception {
        if (TerminalScreen.isInstalled()) {
            terminal.close();
        }
    }

    private TerminalScreen begin(String options) throws Exception {
        return new TerminalScreen(
                directory,
                "HOME=" + directory + " TMPDIR=" + SubmitProcess.temporary(directory) + " "
                        + RealCluster.project().resolve("scripts/yarn-shell") + " --master 'local[2]' " + options);
    }

    @Test
    void editsLinesAndShowsTables() throws Exception {
        terminal.line("record City(String name, int people) {}");
        terminal.line("City city(String name) {");
        terminal.line("return new City(name, name.length());");
        terminal.line("}");
        terminal.line("session.parallelize(List.of(\"Ulm\", \"Rome\")).map(v -> city(v)).show()");
        String screen = terminal.awaitScreen("the table", text -> text.contains("Rome") && text.endsWith("raddle>"));

        assertThat(screen).contains("   ...> }", "name  people\n----  ------\nUlm        3\nRome       4\nraddle>");

        terminal.key("Up");
        terminal.awaitScreen("the line before", text -> text.endsWith(".show()"));
        terminal.key("C-c");
        terminal.line("/exit 3");
        terminal.awaitScreen("the end", text -> text.endsWith("ended with 3"));
    }

    @Test
    void tabCompletesAndTellsSignatures() throws Exception {
        terminal.text("session.parallelizeD");
        terminal.key("Tab");
        terminal.awaitScreen("the completion", screen -> screen.endsWith("session.parallelizeDoubles("));
        terminal.key("Tab");

        terminal.awaitScreen(
                "signatures",
                screen -> screen.contains("Session.parallelizeDoubles(List<Double> numbers, int partitions)"));
    }

    @Test
    void interruptsCancelWhatRunsAndNotTheShell() throws Exception {
        terminal.line("boolean pause() throws InterruptedException "
                + "{ return new Semaphore(0).tryAcquire(500, TimeUnit.MILLISECONDS); }");
        terminal.line("session.range(0, 200, 1, 200).map(v -> pause()).count()");
        terminal.awaitScreen("a bar", screen -> screen.contains("Stage 0 count at line 2 ["));
        terminal.key("C-c");
        terminal.awaitScreen(
                "the cancel", screen -> screen.contains("Cancelled by Ctrl-C.") && screen.endsWith("raddle>"));

        terminal.line("/jobs");
        terminal.awaitScreen("the job", screen -> screen.contains("failed     count at line 2"));
        terminal.line("while (true) { }");
        terminal.awaitScreen("the loop", screen -> screen.endsWith("while (true) { }"));
        terminal.key("C-c");
        terminal.line("1 + 1");
        assertThat(terminal.awaitScreen("the next line", screen -> screen.contains("==> 2")))
                .doesNotContain("[=");
    }

    @Test
    void filesAreReadAndWrittenAndAResetForgetsAll() throws Exception {
        Path lines =
                Files.writeString(directory.resolve("lines.jsh"), "int x = 41;\nint inc(int v) { return v + x; }\n");
        terminal.line("/open " + lines);
        terminal.line("session.parallelize(List.of(1)).map(v -> inc(v) + x).collect()");
        terminal.awaitScreen("the value", screen -> screen.contains("==> [83]"));
        terminal.line("/save " + directory.resolve("saved.jsh"));
        terminal.line("/reset");
        terminal.line("x");
        terminal.awaitScreen("an error", screen -> screen.contains("cannot find symbol"));
        assertThat(directory.resolve("saved.jsh"))
                .hasContent("int x = 41;\nint inc(int v) { return v + x; }\n"
                        + "session.parallelize(List.of(1)).map(v -> inc(v) + x).collect()\n");

        terminal.line("int x = 1; session.parallelize(List.of(1)).map(v -> v + x + 100).collect()");
        terminal.awaitScreen("the session goes on", screen -> screen.contains("==> [102]"));
    }

    @Test
    void anIdleSessionEndsByItself() throws Exception {
        terminal.close();
        terminal = begin("--idle-timeout 3s");

        assertThat(terminal.awaitScreen("the end", screen -> screen.endsWith("ended with 0")))
                .contains("Nobody used the session");
    }
}
