package io.raddle.bench.spark;

import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Sorts lines by their first 10 letters. Arguments: report file, number of passes, output, input. */
public final class Sort {
    private Sort() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            report.clock("began");
            for (int pass = 1; pass <= passes; pass++) {
                sort(spark, arguments[3], arguments[2] + "/" + pass);
                report.clock("ended" + pass);
            }
        }
    }

    private static void sort(JavaSparkContext spark, String input, String output) {
        spark.textFile(input)
                .mapToPair(line -> new Tuple2<>(line.substring(0, 10), line.substring(10)))
                .sortByKey()
                .map(record -> record._1() + record._2())
                .saveAsTextFile(output);
    }
}
