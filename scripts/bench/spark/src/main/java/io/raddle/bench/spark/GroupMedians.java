package io.raddle.bench.spark;

import java.io.IOException;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The median of the values of each key, which only all of them tell. Arguments: report file, number of passes, output,
 * input, number of partitions.
 */
public final class GroupMedians {
    private GroupMedians() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            report.clock("began");
            for (int pass = 1; pass <= passes; pass++) {
                group(spark, arguments[3], Integer.parseInt(arguments[4]), arguments[2] + "/" + pass);
                report.clock("ended" + pass);
            }
        }
    }

    private static void group(JavaSparkContext spark, String input, int partitions, String output) {
        spark.textFile(input)
                .mapToPair(line -> {
                    int tab = line.indexOf('\t');
                    return new Tuple2<>(
                            Integer.parseInt(line, 0, tab, 10), Integer.parseInt(line, tab + 1, line.length(), 10));
                })
                .groupByKey(partitions)
                .mapValues(GroupMedians::median)
                .map(median -> median._1() + "\t" + median._2())
                .saveAsTextFile(output);
    }

    private static int median(Iterable<Integer> values) {
        int[] sorted = StreamSupport.stream(values.spliterator(), false)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
