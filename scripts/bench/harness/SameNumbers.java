import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines of a key, a tab and numbers with blanks between them: the same keys, and numbers that differ by no more than
 * the order of additions explains.
 */
final class SameNumbers implements Check {
    private static final double TOLERANCE = 1e-8;

    private Map<String, double[]> expected = Map.of();
    private String expectedBy = "";

    @Override
    public void check(String engine, Hdfs hdfs, String output, Sample sample, int pass) throws IOException {
        Map<String, double[]> answer = numbers(hdfs.lines(output));
        if (answer.isEmpty()) {
            throw new BenchException(engine + " wrote nothing to " + output + ".");
        }
        if (expectedBy.isEmpty()) {
            expected = answer;
            expectedBy = engine;
            return;
        }
        if (!answer.keySet().equals(expected.keySet())) {
            throw new BenchException(engine + " wrote other keys to " + output + " than " + expectedBy + " did.");
        }
        answer.forEach((key, numbers) -> {
            if (!near(numbers, expected.get(key))) {
                throw new BenchException(String.format(
                        "%s says %s of %s in %s, and %s says %s.",
                        engine, Arrays.toString(numbers), key, output, expectedBy, Arrays.toString(expected.get(key))));
            }
        });
    }

    private static Map<String, double[]> numbers(List<String> lines) {
        Map<String, double[]> numbers = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split("\t");
            double[] values = Arrays.stream(parts[1].split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (numbers.put(parts[0], values) != null) {
                throw new BenchException("The key " + parts[0] + " came twice.");
            }
        }
        return numbers;
    }

    private static boolean near(double[] left, double[] right) {
        boolean near = left.length == right.length;
        for (int index = 0; near && index < left.length; index++) {
            near = Math.abs(left[index] - right[index]) <= TOLERANCE * Math.max(1, Math.abs(right[index]));
        }
        return near;
    }
}
