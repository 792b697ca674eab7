package io.raddle.bench.spark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** One task that does nothing. */
public final class Trivial {
    private Trivial() {}

    public static void main(String[] arguments) {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            spark.parallelize(List.of(1), 1).foreach(number -> {});
        }
    }
}
