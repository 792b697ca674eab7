package io.raddle;

import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Lists of many shapes that follow from a seed: none, one, few or many records; of many kinds, nulls among them. */
final class RandomData {
    /** A class of the program. */
    record Point(int x, String name, List<Integer> path) {}

    /** Constants, whose hash codes differ from process to process. */
    enum Colour {
        RED,
        GREEN,
        BLUE
    }

    private final Random random;

    RandomData(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    int partitions() {
        return 1 + random.nextInt(7);
    }

    int size() {
        return new int[] {0, 1, 7, 120}[random.nextInt(4)];
    }

    List<Integer> numbers() {
        int bound = random.nextBoolean() ? 5 : 10_000;
        return filled(size(), () -> random.nextInt(bound));
    }

    List<Double> doubles() {
        return filled(size(), () -> random.nextInt(20) == 0 ? 0.0 : random.nextGaussian() * 1000);
    }

    /** Records that have {@code equals}: each list of one kind, most with nulls. */
    List<Object> values() {
        int kind = random.nextInt(6);
        return filled(size(), () -> value(kind));
    }

    private Object value(int kind) {
        if (random.nextInt(9) == 0) {
            return null;
        }
        return switch (kind) {
            case 0 -> random.nextInt(20);
            case 1 -> text();
            case 2 -> new Point(random.nextInt(3), text(), List.of(random.nextInt(2)));
            case 3 -> Colour.values()[random.nextInt(3)];
            case 4 -> new ArrayList<>(Arrays.asList(random.nextInt(3), null, text()));
            default -> Pair.of(random.nextInt(3), random.nextBoolean() ? null : Colour.RED);
        };
    }

    /** Keys of which one has most records, and values of any kind. */
    List<Pair<Object, Object>> pairs() {
        int keys = random.nextInt(6);
        int values = random.nextInt(6);
        return filled(size(), () -> Pair.of(random.nextInt(3) == 0 ? (Object) null : value(keys), value(values)));
    }

    /** Any code point, halves of surrogate pairs included. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.appendCodePoint(0x1F600 + random.nextInt(3));
                case 1 -> text.append((char) (0xD800 + random.nextInt(2)));
                case 2 -> text.append('é');
                default -> text.append((char) ('a' + random.nextInt(3)));
            }
        }
        return text.toString();
    }

    private static <T> List<T> filled(int size, java.util.function.Supplier<T> supplier) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(supplier.get());
        }
        return list;
    }
}
