import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Does the same work a few times over, each time as if it were the first, and reports the instants between. */
final class Passes {
    private final Path report;
    private final int count;
    private final String output;

    /** By the arguments that all programs begin with: report file, number of passes, output directory. */
    Passes(String[] arguments) {
        report = Path.of(arguments[0]);
        count = Integer.parseInt(arguments[1]);
        output = arguments[2];
    }

    /** One pass, which writes to the directory that it is given. */
    interface Pass {
        void run(String output) throws IOException;
    }

    void run(Pass pass) throws IOException {
        clock("began");
        for (int number = 1; number <= count; number++) {
            pass.run(output + "/" + number);
            clock("ended" + number);
        }
    }

    private void clock(String name) throws IOException {
        report(name, System.currentTimeMillis() / 1e3);
    }

    private void report(String name, double value) throws IOException {
        Files.writeString(report, name + "=" + value + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Reports what the pass that writes to {@code output} found. */
    void answer(String output, long value) throws IOException {
        report("answer" + output.substring(output.lastIndexOf('/') + 1), value);
    }
}
