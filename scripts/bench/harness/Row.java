import java.util.ArrayList;
import java.util.List;

/** One measure of one work, with what each engine has of it. */
record Row(Work work, Measure measure, Results results) {
    private static final String SPARK = "Spark";
    private static final String RADDLE = "Raddle";
    private static final String ONE_CORE = "Raddle on one core";
    private static final String THREAD = "thread";

    /** Those of which anything is known. */
    static List<Row> of(List<Work> works, Results results) {
        List<Row> rows = new ArrayList<>();
        for (Work work : works) {
            for (Measure measure : work.measures()) {
                Row row = new Row(work, measure, results);
                if (List.of(SPARK, RADDLE, ONE_CORE, THREAD).stream().anyMatch(row::knows)) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private boolean knows(String engine) {
        return results.failed(engine, work) || !results.of(engine, work).isEmpty();
    }

    private double median(String engine) {
        return measure.median(results.of(engine, work));
    }

    double sparkRatio() {
        return median(RADDLE) / median(SPARK);
    }

    String line() {
        return "| "
                + String.join(
                        " | ",
                        measure.label(),
                        cell(SPARK),
                        cell(RADDLE),
                        Measure.ratio(sparkRatio()),
                        measure.goal().cell(sparkRatio(), median(RADDLE)),
                        cell(THREAD),
                        Measure.ratio(median(RADDLE) / median(THREAD)),
                        cell(ONE_CORE),
                        Measure.ratio(median(ONE_CORE) / median(THREAD)))
                + " |\n";
    }

    private String cell(String engine) {
        return results.failed(engine, work) ? "failed" : measure.cell(results.of(engine, work));
    }
}
