package io.raddle.bench.spark;

import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Counts the pairs of two tables. Arguments: report file, number of passes, output (unused), left, right. */
public final class Join {
    private Join() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            report.clock("began");
            for (int pass = 1; pass <= passes; pass++) {
                long pairs = rows(spark, arguments[3]).join(rows(spark, arguments[4])).count();
                report.add("answer" + pass, pairs);
                report.clock("ended" + pass);
            }
        }
    }

    private static JavaPairRDD<Integer, Integer> rows(JavaSparkContext spark, String path) {
        return spark.textFile(path).mapToPair(line -> {
            int tab = line.indexOf('\t');
            return new Tuple2<>(
                    Integer.parseInt(line, 0, tab, 10), Integer.parseInt(line, tab + 1, line.length(), 10));
        });
    }
}
