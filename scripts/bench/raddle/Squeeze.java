import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.StorageLevel;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Puts more records through executors than their memory holds, by each operation that holds records, and says whether
 * the answers are right, how long it took, and the most memory that an executor's process ever had. Arguments: MiB of
 * records, number of partitions, then the operations to run, or none for all.
 */
public final class Squeeze {
    private static final int RECORD_BYTES = 100;
    private static final int VALUE_BYTES = 88;
    /** One record of so many has a key of its own where the others have one together. */
    private static final int HOT = 1000;

    /** So many values are one record of 8 MB. */
    private static final int PER_LARGE = 90_000;

    private static final List<String> ALL = List.of("hot", "sort", "combine", "cogroup", "repartition", "cache", "large");

    /** How many, and the sum of what they hold. */
    record Sum(long count, long checksum) {
        static Sum of(Iterator<byte[]> values) {
            long count = 0;
            long checksum = 0;
            while (values.hasNext()) {
                count++;
                checksum += Arrays.hashCode(values.next());
            }
            return new Sum(count, checksum);
        }

        Sum plus(Sum other) {
            return new Sum(count + other.count, checksum + other.checksum);
        }
    }

    private final Session session;
    private final long records;
    private final int partitions;
    private final Sum expected;

    private Squeeze(Session session, long mebibytes, int partitions) {
        this.session = session;
        this.records = (mebibytes << 20) / RECORD_BYTES;
        this.partitions = partitions;
        expected = sum(numbers().map(Squeeze::value));
    }

    public static void main(String[] arguments) {
        long mebibytes = Long.parseLong(arguments[0]);
        List<String> operations = Arrays.asList(arguments).subList(2, arguments.length);
        try (Session session = Session.builder().name("Squeeze").build()) {
            Squeeze squeeze = new Squeeze(session, mebibytes, Integer.parseInt(arguments[1]));
            for (String operation : operations.isEmpty() ? ALL : operations) {
                long began = System.nanoTime();
                Sum got = squeeze.run(operation);
                System.out.printf(
                        Locale.ROOT,
                        "%s %d MiB %s in %.1f s, executors had at most %d MiB%n",
                        operation,
                        mebibytes,
                        got.equals(squeeze.expected) ? "right" : "WRONG: " + got + " of " + squeeze.expected,
                        (System.nanoTime() - began) / 1e9,
                        squeeze.peakMebibytes());
            }
        }
    }

    private Sum run(String operation) {
        return switch (operation) {
            case "hot" -> hot();
            case "sort" -> sort();
            case "combine" ->
                sum(pairs().reduceByKey((left, right) -> left, partitions).values());
            case "cogroup" -> cogroup();
            case "repartition" ->
                sum(pairs().partitionBy(new HashPartitioner(partitions)).values().repartition(partitions));
            case "cache" -> cache();
            case "large" -> large();
            default -> throw new IllegalArgumentException(operation + " is none of " + ALL);
        };
    }

    /** Nearly all values belong to one key; they are gone through twice. */
    private Sum hot() {
        return numbers()
                .mapToPair(number -> Pair.of(number % HOT == 0 ? number : -1L, value(number)))
                .groupByKey(partitions)
                .values()
                .map(values -> {
                    Sum first = Sum.of(values.iterator());
                    if (!first.equals(Sum.of(values.iterator()))) {
                        throw new IllegalStateException("another time, other values");
                    }
                    return first;
                })
                .reduce(Sum::plus);
    }

    private Sum sort() {
        return pairs().mapToPair(pair -> Pair.of(mixed(pair.key()), pair.value()))
                .sortByKey(true, partitions)
                .mapPartitions(sorted -> List.of(inOrder(sorted)).iterator())
                .reduce(Sum::plus);
    }

    private static Sum inOrder(Iterator<Pair<Long, byte[]>> sorted) {
        return Sum.of(new Iterator<>() {
            private long last = Long.MIN_VALUE;

            @Override
            public boolean hasNext() {
                return sorted.hasNext();
            }

            @Override
            public byte[] next() {
                Pair<Long, byte[]> next = sorted.next();
                if (next.key() < last) {
                    throw new IllegalStateException(next.key() + " comes after " + last);
                }
                last = next.key();
                return next.value();
            }
        });
    }

    /** Even numbers with the odd ones beside them. */
    private Sum cogroup() {
        PairRdd<Long, byte[]> even = pairs().filter(pair -> pair.key() % 2 == 0).mapToPair(pair -> halved(pair));
        PairRdd<Long, byte[]> odd = pairs().filter(pair -> pair.key() % 2 == 1).mapToPair(pair -> halved(pair));
        return even.cogroup(odd, partitions)
                .values()
                .map(group -> Sum.of(group.left().iterator())
                        .plus(Sum.of(group.right().iterator())))
                .reduce(Sum::plus);
    }

    private static Pair<Long, byte[]> halved(Pair<Long, byte[]> pair) {
        return Pair.of(pair.key() / 2, pair.value());
    }

    private Sum cache() {
        PairRdd<Long, byte[]> kept = pairs().persist(StorageLevel.MEMORY_AND_DISK);
        Sum first = sum(kept.values());
        Sum second = sum(kept.values());
        kept.unpersist(true);
        return first.equals(second) ? first : first.plus(second);
    }

    /** Records that are a good part of the memory each, sorted and then grouped. */
    private Sum large() {
        return numbers()
                .mapPartitions(Squeeze::together)
                .mapToPair(bytes -> Pair.of(mixed(Arrays.hashCode(bytes)), bytes))
                .sortByKey(true, partitions)
                .mapToPair(pair -> Pair.of(pair.key() % 3, pair.value()))
                .groupByKey(partitions)
                .values()
                .map(values -> {
                    Sum sum = new Sum(0, 0);
                    for (byte[] bytes : values) {
                        sum = sum.plus(Sum.of(apart(bytes)));
                    }
                    return sum;
                })
                .reduce(Sum::plus);
    }

    private static Iterator<byte[]> together(Iterator<Long> numbers) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public byte[] next() {
                byte[] all = new byte[PER_LARGE * VALUE_BYTES];
                int used = 0;
                for (; used < all.length && numbers.hasNext(); used += VALUE_BYTES) {
                    System.arraycopy(value(numbers.next()), 0, all, used, VALUE_BYTES);
                }
                return Arrays.copyOf(all, used);
            }
        };
    }

    private static Iterator<byte[]> apart(byte[] all) {
        return IntStream.range(0, all.length / VALUE_BYTES)
                .mapToObj(each -> Arrays.copyOfRange(all, each * VALUE_BYTES, (each + 1) * VALUE_BYTES))
                .iterator();
    }

    private Rdd<Long> numbers() {
        return session.range(0, records, 1, partitions);
    }

    private PairRdd<Long, byte[]> pairs() {
        return numbers().mapToPair(number -> Pair.of(number, value(number)));
    }

    private static Sum sum(Rdd<byte[]> values) {
        return values.mapPartitions(each -> List.of(Sum.of(each)).iterator()).reduce(Sum::plus);
    }

    /** The most that any executor's process had resident, by its own account. */
    private long peakMebibytes() {
        return session.range(0, 4L * partitions, 1, 4 * partitions)
                .map(each -> peakKibibytes())
                .max()
                / 1024;
    }

    private static long peakKibibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    /** Bytes that follow from the number and that no codec makes smaller. */
    private static byte[] value(long number) {
        byte[] value = new byte[VALUE_BYTES];
        long state = mixed(number);
        for (int at = 0; at < VALUE_BYTES; at += Long.BYTES) {
            for (int shift = 0; shift < Long.BYTES; shift++) {
                value[at + shift] = (byte) (state >>> 8 * shift);
            }
            state = mixed(state);
        }
        return value;
    }

    private static long mixed(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
