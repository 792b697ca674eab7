package io.raddle.bench.spark;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Many tasks that do nothing, three times over. Arguments: report file, number of tasks. */
public final class NoopTasks {
    private NoopTasks() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int tasks = Integer.parseInt(arguments[1]);
        List<Integer> numbers = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            JavaRDD<Integer> rdd = spark.parallelize(numbers, tasks);
            report.clock("began");
            for (int pass = 1; pass <= 3; pass++) {
                rdd.foreach(number -> {});
                report.clock("ended" + pass);
            }
        }
    }
}
