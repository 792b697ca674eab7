package io.raddle.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HashPartitionerTest {
    private final HashPartitioner hundred = new HashPartitioner(100);

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "a constant with a body";
            }
        }
    }

    record Plain(String name, int number) {}

    record Painted(Colour colour, String name) {}

    record Nested(int number, Painted painted) {}

    record Tree(Colour colour, List<Tree> below, Tree[] array) {}

    record Holder(Object held) {}

    record Bytes(byte[] bytes) {}

    record CaseBlind(Colour colour, String text) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CaseBlind that && text.equalsIgnoreCase(that.text);
        }

        @Override
        public int hashCode() {
            return text.toLowerCase(Locale.ROOT).hashCode();
        }
    }

    static final class Careless {}

    @Test
    void placesNullFirst() {
        assertThat(hundred.partition(null)).isZero();
    }

    @Test
    void placesByHashCodeAndNeverBelowZero() {
        assertThat(hundred.partition("raddle")).isEqualTo(Math.floorMod("raddle".hashCode(), 100));
        assertThat(hundred.partition(-1)).isEqualTo(99);
        assertThat(hundred.partition(Long.MIN_VALUE)).isBetween(0, 99);
        UUID id = new UUID(17, 4);
        assertThat(hundred.partition(id)).isEqualTo(Math.floorMod(id.hashCode(), 100));
        Plain plain = new Plain("a", 3);
        assertThat(hundred.partition(plain)).isEqualTo(Math.floorMod(plain.hashCode(), 100));
    }

    @Test
    void placesEnumsByNameAsTheirHashCodeDiffersBetweenProcesses() {
        assertThat(hundred.partition(DayOfWeek.MONDAY)).isEqualTo(Math.floorMod("MONDAY".hashCode(), 100));
        assertThat(StableHash.of(Colour.GREEN)).isEqualTo("GREEN".hashCode());
        assertThat(StableHash.of(Pair.of(Colour.RED, 7))).isEqualTo(31 * "RED".hashCode() + 7);
        assertThat(StableHash.of(List.of(Colour.RED))).isEqualTo(31 + "RED".hashCode());
        assertThat(StableHash.of(Map.entry(Colour.RED, 7))).isEqualTo("RED".hashCode() ^ 7);
    }

    @Test
    void placesRecordsWithEnumsInsideByTheirComponents() {
        int painted = 31 * "RED".hashCode() + "x".hashCode();
        assertThat(StableHash.of(new Painted(Colour.RED, "x"))).isEqualTo(painted);
        assertThat(StableHash.of(new Nested(2, new Painted(Colour.RED, "x")))).isEqualTo(31 * 2 + painted);
    }

    @Test
    void looksForEnumsInEveryThingThatMayHoldThem() {
        int red = "RED".hashCode();
        assertThat(StableHash.of(EnumSet.of(Colour.RED, Colour.GREEN))).isEqualTo(red + "GREEN".hashCode());
        assertThat(StableHash.of(Map.of(Colour.RED, 5))).isEqualTo(red ^ 5);
        assertThat(StableHash.of(Optional.of(Colour.RED))).isEqualTo(red);
        assertThat(StableHash.of(Optional.empty())).isZero();
        assertThat(StableHash.of(new Holder(List.of(Colour.RED)))).isEqualTo(31 + red);
        assertThat(StableHash.of(new Holder(Set.of(Colour.RED)))).isEqualTo(red);
    }

    @Test
    void hashesSetsAndMapsWithoutEnumsAsTheyDo() {
        Set<String> set = Set.of("a", "b", "c");
        Map<String, Integer> map = Map.of("a", 1, "b", 2);
        assertThat(StableHash.of(set)).isEqualTo(set.hashCode());
        assertThat(StableHash.of(map)).isEqualTo(map.hashCode());
    }

    @Test
    void refusesArraysInsideOfRecordsToo() {
        assertThatThrownBy(() -> hundred.partition(new Holder(new int[1]))).hasMessageContaining("int[]");
        assertThatThrownBy(() -> hundred.partition(new Bytes(new byte[1]))).hasMessageContaining("byte[]");
    }

    @Test
    void believesTheHashCodeThatARecordWroteItself() {
        assertThat(StableHash.of(new CaseBlind(Colour.RED, "Ab")))
                .isEqualTo(StableHash.of(new CaseBlind(Colour.GREEN, "aB")));
    }

    @Test
    void placesListsOfTextAsTheirHashCodeSays() {
        List<Object> list = List.of("a", 1, 'c');
        assertThat(StableHash.of(list)).isEqualTo(list.hashCode());
    }

    @Test
    void refusesArraysWithARemedy() {
        assertThatThrownBy(() -> hundred.partition(new byte[3]))
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isInstanceOf(Cause.InvalidInput.class))
                .hasMessageContaining("byte[]")
                .hasMessageContaining("ByteBuffer");
        assertThatThrownBy(() -> hundred.partition(new Tree(Colour.RED, List.of(), new Tree[0])))
                .hasMessageContaining("Tree[]");
    }

    @Test
    void refusesKeysThatHashByIdentity() {
        assertThatThrownBy(() -> hundred.partition(new Careless()))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("Careless")
                .hasMessageContaining("equals and hashCode");
    }

    @Test
    void refusesFewerThanOnePartition() {
        assertThatThrownBy(() -> new HashPartitioner(0)).hasMessageContaining("0 partitions");
    }

    @Test
    void equalsAnotherOfTheSameNumber() {
        assertThat(hundred).isEqualTo(new HashPartitioner(100)).isNotEqualTo(new HashPartitioner(99));
    }
}
