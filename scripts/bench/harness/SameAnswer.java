/** One number that the program reported for each pass. */
final class SameAnswer implements Check {
    private double expected;
    private String expectedBy = "";

    @Override
    public void check(String engine, Hdfs hdfs, String output, Sample sample, int pass) {
        double answer = sample.figure("answer" + pass);
        if (Double.isNaN(answer)) {
            throw new BenchException(engine + " reported no answer.");
        }
        if (expectedBy.isEmpty()) {
            expected = answer;
            expectedBy = engine;
        } else if (answer != expected) {
            throw new BenchException(String.format(
                    "%s answers %.0f, and %s answered %.0f.", engine, answer, expectedBy, expected));
        }
    }
}
