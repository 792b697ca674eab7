package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program with a shuffle, large results and an end that its first word says: end, fail or wait. */
final class ClientProgram {
    /** What it writes behind the number of its own process. */
    static final String RESULTS = "counts [(0,334), (1,333), (2,333)]\nbytes 6000000\n";

    private static final String PROGRAM = """
            import io.raddle.Session;
            import io.raddle.function.Pair;
            import java.util.List;
            import java.util.concurrent.CountDownLatch;
            import java.util.stream.IntStream;

            public class Program {
                public static void main(String[] words) throws Exception {
                    System.out.println("driver " + ProcessHandle.current().pid());
                    try (Session session = Session.builder().build()) {
                        List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
                        List<Pair<Integer, Integer>> counts = session.parallelize(numbers, 4)
                                .mapToPair(number -> Pair.of(number % 3, 1))
                                .reduceByKey(Integer::sum, 2)
                                .sortByKey()
                                .collect();
                        System.out.println("counts " + counts);
                        int bytes = session.parallelize(List.of(1, 2, 3), 3)
                                .map(number -> new byte[number * 1_000_000])
                                .collect()
                                .stream()
                                .mapToInt(each -> each.length)
                                .sum();
                        System.out.println("bytes " + bytes);
                        if (words[0].equals("fail")) {
                            throw new IllegalStateException("as asked");
                        }
                        if (words[0].equals("wait")) {
                            session.parallelize(numbers, 4)
                                    .map(number -> {
                                        new CountDownLatch(1).await();
                                        return number;
                                    })
                                    .count();
                        }
                    }
                }
            }
            """;

    private ClientProgram() {}

    static Path write(Path directory) throws IOException {
        return Files.writeString(directory.resolve("Program.java"), PROGRAM);
    }
}
