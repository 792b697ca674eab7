package io.raddle.bench.spark;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Arguments: report file, number of passes, output, input, if wanted a number of partitions. */
public final class WordCount {
    private WordCount() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            report.clock("began");
            for (int pass = 1; pass <= passes; pass++) {
                count(spark, arguments, arguments[2] + "/" + pass);
                report.clock("ended" + pass);
            }
        }
    }

    private static void count(JavaSparkContext spark, String[] arguments, String output) {
        boolean asked = arguments.length > 4;
        int partitions = asked ? Integer.parseInt(arguments[4]) : 0;
        JavaRDD<String> lines = asked ? spark.textFile(arguments[3], partitions) : spark.textFile(arguments[3]);
        JavaPairRDD<String, Long> ones = lines.flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1L));
        JavaPairRDD<String, Long> counts =
                asked ? ones.reduceByKey(Long::sum, partitions) : ones.reduceByKey(Long::sum);
        counts.map(count -> count._1() + "\t" + count._2()).saveAsTextFile(output);
    }
}
