package io.raddle.bench.spark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Many tasks that do nothing, three times over. Arguments: number of tasks, report file. */
public final class NoopTasks {
    private NoopTasks() {}

    public static void main(String[] arguments) throws Exception {
        int tasks = Integer.parseInt(arguments[0]);
        List<Integer> numbers = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            JavaRDD<Integer> rdd = spark.parallelize(numbers, tasks);
            for (String round : List.of("first", "second", "third")) {
                long began = System.nanoTime();
                rdd.foreach(number -> {});
                Report.add(arguments[1], round, (System.nanoTime() - began) / 1e9);
            }
        }
    }
}
