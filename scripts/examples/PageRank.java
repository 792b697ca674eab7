import io.raddle.PairRdd;
import io.raddle.Session;
import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks the packages of a Debian package index by what depends on them.
 *
 * <pre>
 * scripts/yarn-submit --master embedded scripts/examples/PageRank.java file:///var/lib/dpkg/status 10
 * </pre>
 *
 * Arguments: a package index (the installed packages, or a list below /var/lib/apt/lists), number of iterations.
 */
public final class PageRank {
    private static final double DAMPING = 0.85;
    private static final int SHOWN = 15;

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("Usage: PageRank PACKAGE_INDEX ITERATIONS");
            System.exit(2);
        }
        int iterations = Integer.parseInt(arguments[1]);
        try (Session session = Session.builder().name("page rank").build()) {
            // A paragraph of the index spans lines, so one task reads it from end to end.
            PairRdd<String, List<String>> dependencies = session.textFile(arguments[0])
                    .coalesce(1)
                    .mapPartitionsToPair(PageRank::dependencies)
                    .reduceByKey((one, other) -> one);
            PairRdd<String, Double> ranks = dependencies.mapValues(all -> 1.0);
            for (int i = 0; i < iterations; i++) {
                PairRdd<String, Double> received = dependencies.join(ranks)
                        .values()
                        .flatMapToPair(joined -> shares(joined.left(), joined.right()))
                        .reduceByKey(Double::sum);
                // A package that nothing depends on receives nothing and keeps the least rank.
                ranks = dependencies.leftOuterJoin(received)
                        .mapValues(joined -> 1 - DAMPING + DAMPING * joined.right().orElse(0.0));
            }
            ranks.top(SHOWN, (one, other) -> Double.compare(one.value(), other.value()))
                    .forEach(rank -> System.out.printf("%8.3f %s%n", rank.value(), rank.key()));
        }
    }

    /** Each package and what it depends on; of alternatives the first counts. */
    private static Iterator<Pair<String, List<String>>> dependencies(Iterator<String> lines) {
        Map<String, List<String>> packages = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("Package: ")) {
                current = new ArrayList<>();
                packages.putIfAbsent(line.substring("Package: ".length()).trim(), current);
            } else if (line.startsWith("Depends: ") || line.startsWith("Pre-Depends: ")) {
                for (String clause : line.substring(line.indexOf(' ') + 1).split(",")) {
                    String name = clause.trim().split("[ :|(]", 2)[0];
                    if (!current.contains(name)) {
                        current.add(name);
                    }
                }
            }
        }
        return packages.entrySet().stream()
                .map(each -> Pair.of(each.getKey(), each.getValue()))
                .iterator();
    }

    private static Iterator<Pair<String, Double>> shares(List<String> targets, double rank) {
        return targets.stream().map(target -> Pair.of(target, rank / targets.size())).iterator();
    }
}
