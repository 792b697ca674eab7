package io.raddle.bench.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Many small jobs one after the other, three times over, and then as many of one task. Arguments: report file, number
 * of jobs, number of tasks in each.
 */
public final class SmallJobs {
    private SmallJobs() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int jobs = Integer.parseInt(arguments[1]);
        int tasks = Integer.parseInt(arguments[2]);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            report.clock("began");
            for (int pass = 1; pass <= 3; pass++) {
                for (int job = 0; job < jobs; job++) {
                    count(spark, tasks);
                }
                report.clock("ended" + pass);
            }
            double[] millis = new double[jobs];
            for (int job = 0; job < jobs; job++) {
                long began = System.nanoTime();
                count(spark, 1);
                millis[job] = (System.nanoTime() - began) / 1e6;
            }
            Arrays.sort(millis);
            report.add("p50", millis[jobs / 2]);
            report.add("p95", millis[jobs * 95 / 100]);
        }
    }

    /** Each job is of an RDD of its own, as in a session that answers questions. */
    private static void count(JavaSparkContext spark, int tasks) {
        List<Integer> numbers = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
        long counted = spark.parallelize(numbers, tasks).map(number -> number + 1).count();
        if (counted != tasks) {
            throw new IllegalStateException(counted + " records were counted instead of " + tasks);
        }
    }
}
