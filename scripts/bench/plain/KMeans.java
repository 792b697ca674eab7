import java.io.IOException;
import java.util.Arrays;

/** Coordinates in one array. Arguments: those of a pass, input, number of centers, number of iterations. */
final class KMeans {
    private final int clusters;
    private double[] coordinates = new double[1 << 16];
    private int filled;
    private int dimensions;

    private KMeans(int clusters) {
        this.clusters = clusters;
    }

    public static void main(String[] arguments) throws IOException {
        Storage storage = new Storage();
        int clusters = Integer.parseInt(arguments[4]);
        int iterations = Integer.parseInt(arguments[5]);
        new Passes(arguments).run(output -> {
            KMeans points = new KMeans(clusters);
            try (Lines lines = storage.lines(arguments[3])) {
                while (lines.next()) {
                    points.add(lines.buffer(), lines.start(), lines.end());
                }
            }
            double[] centers = points.centers(iterations);
            try (TextWriter out = new TextWriter(storage.output(output))) {
                points.write(centers, out);
            }
        });
    }

    /** Coordinates with four decimals: exact, since a whole number below 2^53 is divided once. */
    private void add(byte[] line, int from, int to) {
        long number = 0;
        int before = filled;
        for (int at = from; at <= to; at++) {
            if (at == to || line[at] == ' ') {
                if (filled == coordinates.length) {
                    coordinates = Arrays.copyOf(coordinates, 2 * filled);
                }
                coordinates[filled++] = number / 10_000.0;
                number = 0;
            } else if (line[at] != '.') {
                number = 10 * number + line[at] - '0';
            }
        }
        dimensions = filled - before;
    }

    private double[] centers(int iterations) {
        double[] centers = Arrays.copyOf(coordinates, clusters * dimensions);
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[] sums = new double[centers.length];
            long[] counts = new long[clusters];
            for (int point = 0; point < filled; point += dimensions) {
                int nearest = nearest(centers, point);
                counts[nearest]++;
                for (int dimension = 0; dimension < dimensions; dimension++) {
                    sums[nearest * dimensions + dimension] += coordinates[point + dimension];
                }
            }
            for (int at = 0; at < centers.length; at++) {
                long count = counts[at / dimensions];
                centers[at] = count == 0 ? centers[at] : sums[at] / count;
            }
        }
        return centers;
    }

    private int nearest(double[] centers, int point) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int center = 0; center < clusters; center++) {
            double distance = 0;
            for (int dimension = 0; dimension < dimensions; dimension++) {
                double off = coordinates[point + dimension] - centers[center * dimensions + dimension];
                distance += off * off;
            }
            if (distance < least) {
                least = distance;
                nearest = center;
            }
        }
        return nearest;
    }

    private void write(double[] centers, TextWriter out) throws IOException {
        for (int center = 0; center < clusters; center++) {
            out.text(center + "\t");
            for (int dimension = 0; dimension < dimensions; dimension++) {
                out.text((dimension == 0 ? "" : " ") + centers[center * dimensions + dimension]);
            }
            out.text("\n");
        }
    }
}
