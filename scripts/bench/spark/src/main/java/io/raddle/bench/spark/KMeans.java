package io.raddle.bench.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Arguments: report file, number of passes, output, points, number of centers, number of iterations. */
public final class KMeans {
    private KMeans() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        SparkConf conf = new SparkConf().registerKryoClasses(new Class<?>[] {Sum.class, double[].class});
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            report.clock("began");
            for (int pass = 1; pass <= passes; pass++) {
                List<double[]> centers = centers(
                        spark, arguments[3], Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
                spark.parallelize(lines(centers), 1).saveAsTextFile(arguments[2] + "/" + pass);
                report.clock("ended" + pass);
            }
        }
    }

    /** Points of one cluster, added up. */
    static final class Sum implements Serializable {
        private static final long serialVersionUID = 1L;

        private final double[] sums;
        private final long count;

        Sum(double[] sums, long count) {
            this.sums = sums;
            this.count = count;
        }

        Sum plus(Sum other) {
            double[] added = sums.clone();
            for (int dimension = 0; dimension < added.length; dimension++) {
                added[dimension] += other.sums[dimension];
            }
            return new Sum(added, count + other.count);
        }

        double[] mean() {
            return Arrays.stream(sums).map(sum -> sum / count).toArray();
        }
    }

    private static List<double[]> centers(JavaSparkContext spark, String input, int clusters, int iterations) {
        JavaRDD<double[]> points = spark.textFile(input).map(KMeans::point).cache();
        double[][] centers = points.take(clusters).toArray(double[][]::new);
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[][] current = centers.clone();
            Map<Integer, Sum> sums = points.mapToPair(point -> new Tuple2<>(nearest(current, point), new Sum(point, 1)))
                    .reduceByKey(Sum::plus)
                    .collectAsMap();
            for (Map.Entry<Integer, Sum> sum : sums.entrySet()) {
                centers[sum.getKey()] = sum.getValue().mean();
            }
        }
        points.unpersist();
        return List.of(centers);
    }

    private static double[] point(String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static int nearest(double[][] centers, double[] point) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int center = 0; center < centers.length; center++) {
            double distance = 0;
            for (int dimension = 0; dimension < point.length; dimension++) {
                double off = point[dimension] - centers[center][dimension];
                distance += off * off;
            }
            if (distance < least) {
                least = distance;
                nearest = center;
            }
        }
        return nearest;
    }

    private static List<String> lines(List<double[]> centers) {
        return IntStream.range(0, centers.size())
                .mapToObj(center -> center
                        + "\t"
                        + Arrays.stream(centers.get(center))
                                .mapToObj(Double::toString)
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.toList());
    }
}
