package io.raddle.bench.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Arguments: report file, number of passes, output, edges, number of iterations. */
public final class PageRank {
    private PageRank() {}

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(arguments[0]);
        int passes = Integer.parseInt(arguments[1]);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            report.clock("began");
            for (int pass = 1; pass <= passes; pass++) {
                rank(spark, arguments[3], Integer.parseInt(arguments[4]), arguments[2] + "/" + pass);
                report.clock("ended" + pass);
            }
        }
    }

    private static void rank(JavaSparkContext spark, String edges, int iterations, String output) {
        Partitioner partitioner = new HashPartitioner(spark.defaultParallelism());
        JavaPairRDD<Integer, int[]> links = spark.textFile(edges)
                .mapToPair(PageRank::edge)
                .groupByKey(partitioner)
                .mapValues(PageRank::array)
                .cache();
        JavaPairRDD<Integer, Double> ranks = links.mapValues(targets -> 1.0);
        for (int iteration = 0; iteration < iterations; iteration++) {
            ranks = links.join(ranks, partitioner)
                    .values()
                    .flatMapToPair(joined -> shares(joined._1(), joined._2()))
                    .reduceByKey(partitioner, Double::sum)
                    .mapValues(received -> 0.15 + 0.85 * received);
        }
        ranks.map(rank -> rank._1() + "\t" + rank._2()).saveAsTextFile(output);
        links.unpersist();
    }

    private static Tuple2<Integer, Integer> edge(String line) {
        int tab = line.indexOf('\t');
        return new Tuple2<>(
                Integer.parseInt(line, 0, tab, 10), Integer.parseInt(line, tab + 1, line.length(), 10));
    }

    private static int[] array(Iterable<Integer> numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Iterator<Tuple2<Integer, Double>> shares(int[] targets, double rank) {
        double share = rank / targets.length;
        return Arrays.stream(targets)
                .mapToObj(target -> new Tuple2<>(target, share))
                .iterator();
    }
}
