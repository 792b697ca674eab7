package io.raddle.shuffle;

import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random pairs of many kinds: skewed keys, nulls, strings outside Latin-1, records, enums and lists. */
@SuppressWarnings("NullAway") // nulls are part of what is tested
final class RandomRecords {
    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green!";
            }
        }
    }

    record Point(int x, String name) {}

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** None, one, few or many. */
    int size() {
        return new int[] {0, 1, 17, 400, 3000}[random.nextInt(5)];
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    List<Pair<Object, Object>> mixed(int count) {
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair<>(key(), value()));
        }
        return pairs;
    }

    /** Pairs whose values are numbers. */
    List<Pair<Object, Object>> counts(int count) {
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair<>(key(), (long) random.nextInt(1000)));
        }
        return pairs;
    }

    List<Pair<Object, Object>> ofStrings(int count) {
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair<>("k" + random.nextInt(1 + count / 3), i));
        }
        return pairs;
    }

    /** A third of all keys are the same. */
    private Object key() {
        int kind = random.nextInt(12);
        int number = (int) Math.abs(random.nextGaussian() * 40);
        return switch (kind) {
            case 0, 1, 2, 3 -> "the";
            case 4 -> null;
            case 5 -> number;
            case 6 -> (long) number;
            case 7 -> "w\u00f6rt" + number;
            case 8 -> "\u732b\ud83d\ude00" + number;
            case 9 -> new Point(number, "p");
            case 10 -> List.of(number, "l");
            default -> new Pair<>(number, null);
        };
    }

    private Object value() {
        return switch (random.nextInt(11)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> random.nextInt(10);
            case 3 -> random.nextDouble();
            case 4 -> "x".repeat(random.nextInt(300));
            case 5 -> Colour.values()[random.nextInt(2)];
            case 6 -> new Point(random.nextInt(), null);
            case 7 -> new ArrayList<>(Arrays.asList(1, null, "z"));
            case 8 -> random.nextBoolean();
            case 9 -> (char) random.nextInt(65536);
            default -> new Pair<>(random.nextFloat(), (short) random.nextInt());
        };
    }
}
