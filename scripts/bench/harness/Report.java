import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what was measured: a table in Markdown and a picture of the ratios. */
final class Report {
    private static final int ROW = 34;
    private static final int LEFT = 330;
    private static final int SCALE = 260;

    private final Map<Work, List<Sample>> spark;
    private final Map<Work, List<Sample>> raddle;
    private final List<Measure> measures;

    Report(Map<Work, List<Sample>> spark, Map<Work, List<Sample>> raddle) {
        this.spark = spark;
        this.raddle = raddle;
        this.measures = Measure.ALL.stream()
                .filter(measure -> !samples(spark, measure).isEmpty()
                        || !samples(raddle, measure).isEmpty())
                .toList();
    }

    private static List<Sample> samples(Map<Work, List<Sample>> engine, Measure measure) {
        return engine.getOrDefault(measure.work(), List.of());
    }

    private double ratio(Measure measure) {
        return measure.median(samples(raddle, measure)) / measure.median(samples(spark, measure));
    }

    String table() {
        StringBuilder table = new StringBuilder();
        table.append("| measure | Spark | Raddle | Raddle / Spark | must reach |\n|---|---|---|---|---|\n");
        for (Measure measure : measures) {
            table.append("| ")
                    .append(String.join(
                            " | ",
                            measure.label(),
                            measure.cell(samples(spark, measure)),
                            measure.cell(samples(raddle, measure)),
                            Measure.ratio(ratio(measure)),
                            measure.goalCell()))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** Bars of the cost relative to Spark, shorter is better; a mark where the goal is. */
    void draw(Path file) throws IOException {
        List<Measure> drawn = measures.stream()
                .filter(measure -> !Double.isNaN(ratio(measure)))
                .toList();
        int height = ROW * drawn.size() + 60;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\" "
                        + "font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"16\" y=\"24\" font-size=\"15\">Cost of Raddle relative to Spark 3.5.6 "
                        + "(shorter is better; Spark = 1, line: goal)</text>%n",
                height));
        for (int row = 0; row < drawn.size(); row++) {
            bar(svg, drawn.get(row), 44 + row * ROW);
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private void bar(StringBuilder svg, Measure measure, int top) {
        double cost = measure.moreIsBetter() ? 1 / ratio(measure) : ratio(measure);
        double goal = measure.moreIsBetter() ? 1 / measure.goal() : measure.goal();
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"16\" y=\"%d\">%s</text>%n"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" fill=\"#e4e4e4\"/>%n"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"#3b6ea5\"/>%n"
                        + "<text x=\"%d\" y=\"%d\">%s</text>%n",
                top + 15,
                measure.label(),
                LEFT,
                top,
                SCALE,
                LEFT,
                top,
                Math.min(cost, 1.4) * SCALE,
                LEFT + SCALE + 110,
                top + 15,
                Measure.ratio(cost)));
        if (!Double.isNaN(goal)) {
            double x = LEFT + goal * SCALE;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#b03a2e\" stroke-width=\"2\"/>%n",
                    x,
                    x,
                    top - 3,
                    top + 23));
        }
    }
}
