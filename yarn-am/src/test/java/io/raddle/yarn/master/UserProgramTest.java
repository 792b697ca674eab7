package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.fault.Cause;
import io.raddle.proto.ApplicationStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserProgramTest {
    @TempDir
    private Path classes;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Test
    void succeedsWhenMainReturns() throws Exception {
        program("System.setProperty(\"user.program.saw\", String.join(\" \", args));");

        assertThat(run("Program")).isEqualTo(Ending.succeeded());
        assertThat(System.getProperty("user.program.saw")).isEqualTo("two words");
        System.clearProperty("user.program.saw");
    }

    @ParameterizedTest
    @CsvSource({"0, SUCCEEDED", "3, FAILED"})
    void endsAsTheProgramExits(int code, State state) throws Exception {
        program("System.exit(" + code + ");");

        Ending ending = run("Program");

        assertThat(ending.state()).isEqualTo(state);
        assertThat(ending.exitCode()).isEqualTo(code);
    }

    @Test
    void endsWhenAnotherThreadExits() throws Exception {
        program("new Thread(() -> System.exit(7)).start(); Thread.currentThread().join();");

        assertThat(run("Program").exitCode()).isEqualTo(7);
    }

    @Test
    void runsNothingOfTheThreadThatExitedAnyMore() throws Exception {
        program("System.getProperties().put(\"user.program.thread\", Thread.currentThread());"
                + " try { System.exit(4); } finally { System.setProperty(\"user.program.went.on\", \"yes\"); }");

        assertThat(run("Program").exitCode()).isEqualTo(4);
        Thread driver = (Thread) System.getProperties().remove("user.program.thread");
        await().until(() -> driver.getState() == Thread.State.WAITING);
        assertThat(System.getProperty("user.program.went.on")).isNull();
    }

    @Test
    void showsTheExceptionWithoutOurOwnFrames() throws Exception {
        program("throw new java.io.IOException(\"no sheep\");");

        Ending ending = run("Program");

        assertThat(ending.cause().orElseThrow()).isInstanceOfSatisfying(Cause.UserException.class, cause -> {
            assertThat(cause.className()).isEqualTo("java.io.IOException");
            assertThat(cause.message()).isEqualTo("no sheep");
            assertThat(cause.stack()).contains("Program.main(Program.java").doesNotContain("reflect", "raddle");
        });
        assertThat(console.toString(StandardCharsets.UTF_8)).contains("java.io.IOException: no sheep");
    }

    @Test
    void showsNoFramesOfOursInWhatCausedIt() throws Exception {
        program("throw new IllegalStateException(\"outer\", new java.io.IOException(\"inner\"));");

        run("Program");

        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("Caused by: java.io.IOException: inner", "Program.main(Program.java")
                .doesNotContain("reflect", "raddle");
    }

    @Test
    void waitsForThreadsThatAreNoDaemons() throws Exception {
        program("Thread main = Thread.currentThread();"
                + "new Thread(() -> { try { main.join(); } catch (InterruptedException e) { System.exit(6); }"
                + " System.exit(5); }).start();");

        assertThat(run("Program").exitCode()).isEqualTo(5);
    }

    @Test
    void saysThatTheClassIsMissing() throws Exception {
        program("");

        assertThat(refusal("no.such.Program").happened()).contains("no class no.such.Program");
    }

    @Test
    void saysThatThereIsNoMain() throws Exception {
        compile("Program", "public class Program { public static void start() {} }");

        assertThat(refusal("Program").happened()).contains("no method public static void main(String[])");
    }

    @Test
    void saysThatMainIsNotStatic() throws Exception {
        compile("Program", "public class Program { public void main(String[] args) {} }");

        assertThat(refusal("Program").happened()).contains("not static");
    }

    @Test
    void endsAsCancelledWhateverItThrewThen() throws Exception {
        program("Thread.currentThread().join();");
        UserProgram program = new UserProgram(List.of(classes), "Program", List.of(), console());
        var ending = program.start();
        Ending cancelled = Ending.failed(new Cause.Cancelled("alice"));

        program.cancel(cancelled);

        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(cancelled);
    }

    @Test
    void endsAsCancelledAlsoWhenItTakesThatWell() throws Exception {
        program("try { Thread.currentThread().join(); } catch (InterruptedException e) { return; }");
        UserProgram program = new UserProgram(List.of(classes), "Program", List.of(), console());
        var ending = program.start();
        Ending cancelled = Ending.failed(new Cause.Cancelled("alice"));

        program.cancel(cancelled);

        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(cancelled);
    }

    private Cause refusal(String mainClass) throws Exception {
        Ending ending = run(mainClass);
        assertThat(ending.state()).isEqualTo(State.FAILED);
        assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(ending.cause().orElseThrow()).isInstanceOf(Cause.InvalidInput.class);
        return ending.cause().orElseThrow();
    }

    private Ending run(String mainClass) throws Exception {
        return new UserProgram(List.of(classes), mainClass, List.of("two words"), console())
                .start()
                .get(30, TimeUnit.SECONDS);
    }

    private PrintStream console() {
        return new PrintStream(console, true, StandardCharsets.UTF_8);
    }

    private void program(String body) throws IOException {
        compile(
                "Program",
                "public class Program { public static void main(String[] args) throws Exception { " + body + " } }");
    }

    private void compile(String name, String source) throws IOException {
        Path file = Files.writeString(classes.resolve(name + ".java"), source);
        int result =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), file.toString());
        assertThat(result).isZero();
    }
}
