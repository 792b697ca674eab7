import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The catalogue of what is compared, with the inputs of a full or of a quick run. */
final class Works {
    private static final long MIB = 1 << 20;
    private static final int RECORD_BYTES = 100;
    private static final int[] PARTITIONS = {16, 64, 256, 1024, 4096};

    private final Path directory;
    private final Hdfs hdfs;
    private final boolean quick;

    Works(Path directory, Hdfs hdfs, boolean quick) {
        this.directory = directory;
        this.hdfs = hdfs;
        this.quick = quick;
    }

    List<Work> all() {
        return List.of(
                new SubmitWork(),
                wordCount(),
                sort(),
                pageRank(),
                join(),
                group(),
                kMeans(),
                new TasksWork(quick ? 2_000 : 20_000),
                new JobsWork(quick ? 100 : 1_000),
                new IdleWork());
    }

    /** Word counts of ever more bytes, and over ever more partitions: as many to read as to count in. */
    List<Work> scale() {
        List<Work> works = new ArrayList<>();
        for (int mib : quick ? new int[] {16, 64} : new int[] {256, 1024, 4096}) {
            String size = mib < 1024 ? mib + "m" : mib / 1024 + "g";
            works.add(scale(size, "word count of " + mib + " MiB", text(mib), List.of()));
        }
        Input text = text(quick ? 64 : 1024);
        for (int partitions : PARTITIONS) {
            String label = "word count in " + partitions + " partitions";
            works.add(scale(partitions + "-parts", label, text, List.of(Integer.toString(partitions))));
        }
        return works;
    }

    private Work scale(String name, String label, Input text, List<String> more) {
        List<Measure> measures = List.of(
                Measure.cost(label + ", submit to exit", "wall", "s", Goal.NONE),
                Measure.cost(label + ", CPU", "cpu", "s", Goal.NONE),
                Measure.cost(label + ", peak memory", "peak", "MiB", Goal.NONE));
        return new ScaleWork(
                new DataWork(name, "WordCount", List.of(text), more, hdfs, new SameLines(), measures));
    }

    private Work wordCount() {
        Input text = text(quick ? 64 : 1024);
        List<Measure> measures = measures("word count", 0.35, Goal.ratioAtMost(0.35), Goal.NONE);
        return new DataWork("wordcount", "WordCount", List.of(text), List.of(), hdfs, new SameLines(), measures);
    }

    private Work sort() {
        int records = (int) (MIB * (quick ? 64 : 1024) / RECORD_BYTES);
        Input input = input("records", records, out -> Rows.records(out, records));
        List<Measure> measures = measures("sort", 0.35, Goal.NONE, Goal.NONE);
        return new DataWork("sort", "Sort", List.of(input), List.of(), hdfs, new SortedRecords(input), measures);
    }

    private Work pageRank() {
        int edges = quick ? 100_000 : 1_000_000;
        Input input = input("edges", edges, out -> Rows.edges(out, edges, edges / 10));
        List<Measure> measures = measures("PageRank", 0.25, Goal.NONE, Goal.NONE);
        return new DataWork("pagerank", "PageRank", List.of(input), List.of("10"), hdfs, new SameNumbers(), measures);
    }

    private Work join() {
        int keys = quick ? 50_000 : 1_000_000;
        Input left = input("left", 5 * keys, out -> Rows.pairs(out, 20_261_121, 5 * keys, keys, keys));
        Input right = input("right", keys, out -> Rows.pairs(out, 20_261_122, keys, keys, keys));
        List<Measure> measures = measures("join", 0.35, Goal.NONE, Goal.NONE);
        return new DataWork("join", "Join", List.of(left, right), List.of(), hdfs, new SameAnswer(), measures);
    }

    private Work group() {
        int rows = quick ? 5_000_000 : 100_000_000;
        Input input = input("rows", rows, out -> Rows.pairs(out, 20_261_126, rows, rows / 100, 1_000));
        List<Measure> measures = measures("group by key", 0.4, Goal.NONE, Goal.ratioAtMost(1));
        // One reducer per core, so that what each has to group is more than Spark keeps in its memory.
        return new DataWork("group", "GroupMedians", List.of(input), List.of("2"), hdfs, new SameLines(), measures);
    }

    private Work kMeans() {
        int vectors = quick ? 50_000 : 1_000_000;
        Input input = input("vectors", vectors, out -> Rows.vectors(out, vectors, 20, 10));
        List<Measure> measures = measures("k-means", 0.4, Goal.NONE, Goal.NONE);
        return new DataWork("kmeans", "KMeans", List.of(input), List.of("20", "10"), hdfs, new SameNumbers(), measures);
    }

    private Input text(int mib) {
        String name = mib % 1024 == 0 ? "text-" + mib / 1024 + "g.txt" : "text-" + mib + "m.txt";
        return new Input(directory.resolve(name), out -> ZipfText.write(out, MIB * mib));
    }

    private Input input(String name, int size, Input.Generator generator) {
        return new Input(directory.resolve(name + "-" + size + ".txt"), generator);
    }

    private static List<Measure> measures(String label, double time, Goal cpu, Goal peak) {
        return List.of(
                Measure.cost(label + ", submit to exit", "wall", "s", Goal.ratioAtMost(time)),
                Measure.cost(label + ", third run in a session", "third", "s", Goal.ratioAtMost(time)),
                Measure.cost(label + ", CPU", "cpu", "s", cpu),
                Measure.cost(label + ", third run in a session, CPU", "thirdCpu", "s", Goal.NONE),
                Measure.cost(label + ", peak memory", "peak", "MiB", peak));
    }
}
