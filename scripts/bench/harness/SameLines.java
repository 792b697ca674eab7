import java.io.IOException;
import java.util.List;

/** The same lines, in whatever order. */
final class SameLines implements Check {
    private List<String> expected = List.of();
    private String expectedBy = "";

    @Override
    public void check(String engine, Hdfs hdfs, String output, Sample sample, int pass) throws IOException {
        List<String> lines = hdfs.lines(output).stream().sorted().toList();
        if (lines.isEmpty()) {
            throw new BenchException(engine + " wrote nothing to " + output + ".");
        }
        if (expectedBy.isEmpty()) {
            expected = lines;
            expectedBy = engine;
        } else if (!lines.equals(expected)) {
            throw new BenchException(engine + " wrote other lines to " + output + " than " + expectedBy + " did.");
        }
    }
}
