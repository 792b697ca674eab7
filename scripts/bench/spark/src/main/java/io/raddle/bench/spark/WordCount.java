package io.raddle.bench.spark;

import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Arguments: input, output, report file. */
public final class WordCount {
    private WordCount() {}

    public static void main(String[] arguments) throws Exception {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            long began = System.nanoTime();
            spark.textFile(arguments[0])
                    .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                    .mapToPair(word -> new Tuple2<>(word, 1L))
                    .reduceByKey(Long::sum)
                    .map(count -> count._1() + "\t" + count._2())
                    .saveAsTextFile(arguments[1]);
            Report.add(arguments[2], "job", (System.nanoTime() - began) / 1e9);
        }
    }
}
