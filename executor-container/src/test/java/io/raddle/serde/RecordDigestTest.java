package io.raddle.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A digest sees what a record holds and nothing else. */
final class RecordDigestTest {
    private final RecordFormat format = new RecordFormat(RecordDigestTest.class.getClassLoader());
    private final RecordDigest digest = format.digest();

    record Bag(String name, Set<String> words, Map<String, Integer> counts) {}

    /** Its strings "Aa" and "BB" have one hash code, so a HashMap keeps them in the order they were put in. */
    private static Bag bag(String first, String second) {
        Map<String, Integer> counts = new HashMap<>();
        counts.put(first, first.charAt(0) - 'A');
        counts.put(second, second.charAt(0) - 'A');
        return new Bag("bag", new HashSet<>(List.of(first, second)), counts);
    }

    @Test
    void isTheSameForSetsAndMapsThatGiveTheirElementsInAnotherOrder() {
        Bag one = bag("Aa", "BB");
        Bag other = bag("BB", "Aa");

        assertThat(new ArrayList<>(one.counts.keySet())).isNotEqualTo(new ArrayList<>(other.counts.keySet()));
        assertThat(format.toBytes(one)).isNotEqualTo(format.toBytes(other));
        assertThat(digest.of(one)).isEqualTo(digest.of(other));
        assertThat(digest.of(bag("Aa", "C"))).isNotEqualTo(digest.of(one));
    }

    @Test
    void doesNotTellOneObjectTwiceFromTwoEqualOnes() {
        List<Object> shared = new ArrayList<>(List.of(1, 2));
        List<Object> copy = new ArrayList<>(shared);

        assertThat(digest.of(new ArrayList<>(List.of(shared, shared))))
                .isEqualTo(digest.of(new ArrayList<>(List.of(shared, copy))));
    }

    @Test
    void seesTheOrderWhereItIsPartOfTheRecord() {
        Map<String, Integer> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", 2);
        Map<String, Integer> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", 1);

        assertThat(digest.of(one)).isNotEqualTo(digest.of(other));
        assertThat(digest.of(List.of(1, 2))).isNotEqualTo(digest.of(List.of(2, 1)));
    }

    @Test
    void takesObjectsThatHoldEachOtherInACircle() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);

        assertThat(digest.of(circle)).isEqualTo(format.digest().of(circle));
    }

    @Test
    @SuppressWarnings("NullAway") // null is a record like others
    void differsForRecordsThatDiffer() {
        List<Object> records = new ArrayList<>(Arrays.asList(null, "", "0", 0, 0L, 0.0, false, 'a', new byte[1]));
        IntStream.range(1, 100_000).forEach(number -> {
            records.add((long) number);
            records.add("line " + number);
            records.add(new Pair<>("word", number));
        });
        records.add(Map.of("a", 1, "b", 2));
        records.add(Map.of("a", 2, "b", 1));
        records.add(Collections.nCopies(3, "a"));

        assertThat(records.stream().map(digest::of).distinct()).hasSameSizeAs(records);
    }
}
