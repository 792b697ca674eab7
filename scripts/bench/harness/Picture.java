import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Bars of the cost relative to Spark, shorter is better; a mark where the goal is. */
final class Picture {
    private static final int ROW = 34;
    private static final int LEFT = 370;
    private static final int SCALE = 260;

    private final StringBuilder svg = new StringBuilder();

    private Picture() {}

    static void draw(List<Row> rows, String title, Path file) throws IOException {
        List<Row> drawn =
                rows.stream().filter(row -> !Double.isNaN(row.sparkRatio())).toList();
        Picture picture = new Picture();
        picture.svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"%d\" "
                        + "font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"16\" y=\"24\" font-size=\"15\">%s</text>%n",
                ROW * drawn.size() + 60,
                title));
        for (int row = 0; row < drawn.size(); row++) {
            picture.bar(drawn.get(row), 44 + row * ROW);
        }
        Files.writeString(file, picture.svg.append("</svg>\n"));
    }

    private void bar(Row row, int top) {
        Measure measure = row.measure();
        double cost = measure.moreIsBetter() ? 1 / row.sparkRatio() : row.sparkRatio();
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
        if (measure.goal().isRatio()) {
            double limit = measure.goal().limit();
            line(LEFT + (measure.goal().moreIsBetter() ? 1 / limit : limit) * SCALE, top);
        }
    }

    private void line(double x, int top) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#b03a2e\" stroke-width=\"2\"/>%n",
                x,
                x,
                top - 3,
                top + 23));
    }
}
