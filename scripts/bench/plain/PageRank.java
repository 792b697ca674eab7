import java.io.IOException;
import java.util.Arrays;

/** Edges by source in one array, ranks in another. Arguments: those of a pass, input, number of iterations. */
final class PageRank {
    private int[] sources = new int[1 << 16];
    private int[] targets = new int[1 << 16];
    private int edges;
    private int nodes;

    public static void main(String[] arguments) throws IOException {
        Storage storage = new Storage();
        int iterations = Integer.parseInt(arguments[4]);
        new Passes(arguments).run(output -> {
            PageRank graph = new PageRank();
            try (Lines lines = storage.lines(arguments[3])) {
                while (lines.next()) {
                    int tab = lines.tab();
                    graph.add(lines.number(lines.start(), tab), lines.number(tab + 1, lines.end()));
                }
            }
            double[] ranks = graph.ranks(iterations);
            try (TextWriter out = new TextWriter(storage.output(output))) {
                for (int node = 0; node < ranks.length; node++) {
                    if (!Double.isNaN(ranks[node])) {
                        out.text(node + "\t" + ranks[node] + "\n");
                    }
                }
            }
        });
    }

    private void add(int source, int target) {
        if (edges == sources.length) {
            sources = Arrays.copyOf(sources, 2 * edges);
            targets = Arrays.copyOf(targets, 2 * edges);
        }
        sources[edges] = source;
        targets[edges++] = target;
        nodes = Math.max(nodes, Math.max(source, target) + 1);
    }

    /** NaN for a node that received nothing: it has no rank then, and passes none on. */
    private double[] ranks(int iterations) {
        int[] first = new int[nodes + 1];
        for (int edge = 0; edge < edges; edge++) {
            first[sources[edge] + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            first[node + 1] += first[node];
        }
        int[] next = Arrays.copyOf(first, nodes);
        int[] bySource = new int[edges];
        for (int edge = 0; edge < edges; edge++) {
            bySource[next[sources[edge]]++] = targets[edge];
        }
        double[] ranks = new double[nodes];
        Arrays.fill(ranks, 1);
        for (int iteration = 0; iteration < iterations; iteration++) {
            ranks = received(first, bySource, ranks);
        }
        return ranks;
    }

    private double[] received(int[] first, int[] bySource, double[] ranks) {
        double[] sums = new double[nodes];
        boolean[] any = new boolean[nodes];
        for (int node = 0; node < nodes; node++) {
            if (Double.isNaN(ranks[node])) {
                continue;
            }
            double share = ranks[node] / (first[node + 1] - first[node]);
            for (int edge = first[node]; edge < first[node + 1]; edge++) {
                sums[bySource[edge]] += share;
                any[bySource[edge]] = true;
            }
        }
        for (int node = 0; node < nodes; node++) {
            sums[node] = any[node] ? 0.15 + 0.85 * sums[node] : Double.NaN;
        }
        return sums;
    }
}
