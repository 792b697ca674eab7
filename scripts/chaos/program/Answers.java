import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.StorageLevel;
import io.raddle.function.Pair;

/** The same on Raddle, one line for each. Arguments: the seed, how many numbers, in how many partitions. */
public final class Answers {
    private final Work work;
    private final int size;
    private final int partitions;

    private Answers(Work work, int size, int partitions) {
        this.work = work;
        this.size = size;
        this.partitions = partitions;
    }

    public static void main(String[] arguments) {
        Work work = new Work(Long.parseLong(arguments[0]));
        Answers answers = new Answers(work, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        try (Session session = Session.builder().build()) {
            System.out.println("words " + answers.words(session));
            System.out.println("joined " + answers.joined(session));
            System.out.println("sorted " + answers.sorted(session));
            System.out.println("kept " + answers.kept(session));
        }
    }

    private Rdd<Long> indices(Session session) {
        return session.range(0, size, 1, partitions);
    }

    private long words(Session session) {
        Work numbers = work;
        return indices(session)
                .mapToPair(index -> Pair.of(numbers.word(index), 1L))
                .reduceByKey(Long::sum)
                .map(count -> Work.part(count.key(), count.value()))
                .reduce(Long::sum);
    }

    private long joined(Session session) {
        Work numbers = work;
        PairRdd<Integer, Long> left = indices(session).mapToPair(index -> Pair.of(numbers.word(index), index));
        PairRdd<Integer, Long> right = session.range(0, Work.WORDS, 1, 4)
                .mapToPair(word -> Pair.of((int) (long) word, numbers.number(word)));
        return left.join(right)
                .map(row -> Work.part(row.value().left(), row.value().right()))
                .reduce(Long::sum);
    }

    private long sorted(Session session) {
        Work numbers = work;
        return indices(session)
                .map(numbers::number)
                .sortBy(number -> number)
                .zipWithIndex()
                .map(each -> Work.part(each.key(), each.value()))
                .reduce(Long::sum);
    }

    private long kept(Session session) {
        Work numbers = work;
        Rdd<Long> kept = indices(session).map(numbers::number).persist(StorageLevel.MEMORY_AND_DISK_2);
        long sum = 0;
        for (long pass = 1; pass <= 3; pass++) {
            long factor = pass;
            sum += kept.map(number -> Work.part(number, factor)).reduce(Long::sum);
        }
        return sum;
    }
}
