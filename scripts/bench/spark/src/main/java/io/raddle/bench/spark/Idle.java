package io.raddle.bench.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A session that has run a job and waits for the next. Arguments: report file, a file whose presence ends it. */
public final class Idle {
    private Idle() {}

    public static void main(String[] arguments) throws Exception {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            spark.parallelize(List.of(1, 2, 3, 4), 4).foreach(number -> {});
            new Report(arguments[0]).add("idle", 1);
            while (!Files.exists(Path.of(arguments[1]))) {
                Thread.sleep(100);
            }
        }
    }
}
