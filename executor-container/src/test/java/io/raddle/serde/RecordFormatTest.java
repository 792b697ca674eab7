package io.raddle.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written comes back as it was. */
@SuppressWarnings("NullAway") // nulls are part of what is tested
final class RecordFormatTest {
    private final RecordFormat format = new RecordFormat(RecordFormatTest.class.getClassLoader());

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green!";
            }
        }
    }

    record Point(int x, String name, List<Object> rest) {}

    /** Neither Serializable nor with a constructor without arguments. */
    static final class Plain {
        final int number;
        final Plain next;
        transient int forgotten = 7;

        Plain(int number, Plain next) {
            this.number = number;
            this.next = next;
        }
    }

    /** A list that is more than its elements. */
    static final class Named extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        private String name = "";
    }

    /** One instance, kept by the class's own serialized form. */
    static final class Only implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Only ONE = new Only();

        private Object readResolve() {
            return ONE;
        }
    }

    static final class Failing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failing(String message) {
            super(message);
        }
    }

    static final class Holder {
        private final Inner inner = new Inner();
    }

    static final class Inner {
        private final Thread worker = Thread.currentThread();
    }

    private Object again(Object value) {
        return format.fromBytes(format.toBytes(value));
    }

    @Test
    void givesBackWhatJavaProgramsUse() {
        List<Object> values = new ArrayList<>(Arrays.asList(
                null, true, false, (byte) -7, (short) -300, 'x', '\uffff', 0, -1, Integer.MIN_VALUE, Long.MAX_VALUE));
        values.addAll(List.of(Long.MIN_VALUE, 1.5f, Float.NaN, -0.0d, Double.NaN, Double.MIN_VALUE, "", "plain"));
        values.addAll(List.of("w\u00f6rt\u00ff", "\u0100", "\u732b\ud83d\ude00", "lone \ud800 and \udc00", "\u0000"));
        values.addAll(List.of(new Pair<>(null, new Pair<>("k", 1L)), Colour.RED, Colour.GREEN, new BigDecimal("1.50")));
        values.addAll(List.of(Instant.EPOCH, Optional.of(3), Optional.empty(), new ArrayDeque<>(List.of(1)).peek()));
        values.addAll(List.of(List.of(1, "a"), Set.of(1), Map.of("k", 1), Collections.emptyList()));
        values.addAll(List.of(Arrays.asList(1, null), Collections.unmodifiableList(new ArrayList<>(List.of(1)))));
        values.addAll(List.of(new TreeMap<>(Map.of(2, "b", 1, "a")), new TreeSet<>(Set.of(3, 1)), new HashMap<>()));
        values.addAll(List.of(new LinkedHashMap<>(Map.of("z", Colour.GREEN)), new EnumMap<>(Map.of(Colour.RED, 1))));
        values.addAll(List.of(new Point(1, null, new ArrayList<>(Arrays.asList(1, null))), Only.ONE));
        RecordWriter writer = format.writer();
        values.forEach(writer::write);
        RecordReader reader = format.reader();
        reader.reset(writer.buffer(), 0, writer.size());
        List<Object> read = new ArrayList<>();
        while (reader.hasNext()) {
            read.add(reader.read());
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void cutsPairsWithArraysOfNumbers() {
        RecordWriter writer = format.writer();
        writer.write(new Pair<>(7, new int[] {1, 2, 3}));
        writer.write(new Pair<>(8L, new Pair<>(new double[] {0.5}, new long[] {1, 2})));
        RecordReader reader = format.reader();
        reader.reset(writer.buffer(), 0, writer.size());

        assertThat(reader.cutPair()).isTrue();
        assertThat(reader.key()).isEqualTo(7);
        assertThat(reader.cutPair()).isTrue();
        assertThat(reader.key()).isEqualTo(8L);
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void givesBackArraysAndObjectsWithoutEquals() {
        assertThat((byte[]) again(new byte[] {1, -2})).containsExactly(1, -2);
        assertThat((int[]) again(new int[] {1, -2, Integer.MIN_VALUE})).containsExactly(1, -2, Integer.MIN_VALUE);
        assertThat((long[]) again(new long[] {1, -2, Long.MAX_VALUE})).containsExactly(1, -2, Long.MAX_VALUE);
        assertThat((double[]) again(new double[] {-0.0, Double.NaN, 1e-300})).containsExactly(-0.0, Double.NaN, 1e-300);
        assertThat((int[]) again(new int[0])).isEmpty();
        assertThat((float[]) again(new float[] {1.5f})).containsExactly(1.5f);
        assertThat((long[]) again(LongStream.range(0, 10_000).toArray()))
                .isEqualTo(LongStream.range(0, 10_000).toArray());
        assertThat((Object[]) again(new Object[] {"a", null, 3L})).containsExactly("a", null, 3L);
        assertThat(((AtomicLong) again(new AtomicLong(5))).get()).isEqualTo(5);
        Plain plain = (Plain) again(new Plain(1, new Plain(2, null)));
        assertThat(plain.next.number).isEqualTo(2);
        Named named = new Named();
        named.add("element");
        named.name = "the name";
        assertThat(((Named) again(named)).name).isEqualTo("the name");
        assertThat(again(Only.ONE)).isSameAs(Only.ONE);
        Failing failing = (Failing) again(new Failing("why"));
        assertThat(failing).hasMessage("why");
        assertThat(failing.getStackTrace()).isNotEmpty();
    }

    @Test
    void givesBackLambdasThatAreSerializable() {
        String word = "captured";

        Object read = again((Supplier<String> & Serializable) () -> word);

        assertThat(((Supplier<?>) read).get()).isEqualTo("captured");
    }

    @Test
    void givesBackWhatViewsOfCollectionsShow() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", new ArrayList<>(List.of(1, 2, 3)).subList(1, 3));
        map.put("a", Map.entry("key", Arrays.asList(1, 2, 3).subList(0, 1)));
        map.put("none", null);

        for (Object view : List.of(
                Map.entry("k", 1),
                map.keySet(),
                map.entrySet(),
                new HashMap<>(map).entrySet(),
                new TreeMap<>(map).keySet(),
                map.entrySet().iterator().next(),
                new ArrayList<>(map.keySet()).subList(0, 2),
                new LinkedList<>(map.values()).subList(1, 3))) {
            assertThat(again(view)).isEqualTo(view);
        }
        assertThat(List.copyOf((Set<?>) again(map.keySet()))).isEqualTo(List.of("z", "a", "none"));
        assertThat(again(map.values())).isEqualTo(new ArrayList<>(map.values()));
    }

    @Test
    void digestsViewsAsWhatTheyShowInAnyOrder() {
        Map<Object, Integer> one = new LinkedHashMap<>();
        Map<Object, Integer> other = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            one.put(i, i);
            other.put(19 - i, 19 - i);
        }
        assertThat(format.digest().of(one.keySet())).isEqualTo(format.digest().of(other.keySet()));
    }

    @Test
    void keepsObjectsThatPointAtThemselves() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        List<?> read = (List<?>) again(loop);
        assertThat(read.get(0)).isSameAs(read);
    }

    @Test
    void writesTheNameOfAClassOnce() {
        RecordWriter writer = format.writer();
        Point point = new Point(1, "a", new ArrayList<>());
        writer.write(point);
        int first = writer.size();
        writer.write(point);
        assertThat(writer.size() - first).isLessThan(20);
        assertThat(first).isGreaterThan(Point.class.getName().length());
    }

    @Test
    void saysWhichFieldCannotTravelAndGoesOn() {
        RecordWriter writer = format.writer();
        writer.write("before");
        RaddleException refused = catchThrowableOfType(RaddleException.class, () -> writer.write(new Holder()));
        writer.write(new Plain(3, null));
        Cause.NotSerializable cause = (Cause.NotSerializable) refused.fault();
        assertThat(cause.className()).isEqualTo("java.lang.Thread");
        assertThat(cause.path()).isEqualTo(Holder.class.getTypeName() + ".inner.worker");
        RecordReader reader = format.reader();
        reader.reset(writer.buffer(), 0, writer.size());
        assertThat(reader.read()).isEqualTo("before");
        assertThat(((Plain) reader.read()).number).isEqualTo(3);
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void refusesSerializableObjectsThatHoldOthers() {
        Named named = new Named();
        List<Object> list = new ArrayList<>();
        list.add(named);
        list.add(new Thread());
        RaddleException refused = catchThrowableOfType(RaddleException.class, () -> format.toBytes(list));
        assertThat(refused.fault())
                .isInstanceOfSatisfying(
                        Cause.NotSerializable.class,
                        cause -> assertThat(cause.className()).isEqualTo("java.lang.Thread"));
    }

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, 50) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesEqualBytesForEqualKeysOnly(long seed) {
        Random random = new Random(seed);
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(
                    switch (random.nextInt(5)) {
                        case 0 -> random.nextInt(5);
                        case 1 -> (long) random.nextInt(5);
                        case 2 -> text(random);
                        case 3 -> new Pair<>(text(random), random.nextInt(3));
                        default -> null;
                    });
        }
        for (Object left : keys) {
            for (Object right : keys) {
                boolean sameBytes = Arrays.equals(format.toBytes(left), format.toBytes(right));
                assertThat(sameBytes).as("%s and %s", left, right).isEqualTo(java.util.Objects.equals(left, right));
            }
        }
    }

    private static String text(Random random) {
        char[] chars = new char[random.nextInt(3)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (random.nextInt(3) * 255 + random.nextInt(2));
        }
        return new String(chars);
    }
}
