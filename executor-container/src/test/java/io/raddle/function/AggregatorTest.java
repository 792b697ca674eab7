package io.raddle.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregatorTest {
    @Test
    void reducesValuesWithOneFunction() throws Exception {
        Aggregator<Integer, Integer> sum = Aggregator.reducing(Integer::sum);
        assertThat(sum.mergeCombiners(sum.mergeValue(sum.createCombiner(1), 2), sum.createCombiner(4)))
                .isEqualTo(7);
    }

    @Test
    void combinesWithThreeFunctions() throws Exception {
        Aggregator<String, List<String>> lists = Aggregator.of(
                value -> new ArrayList<>(List.of(value)),
                (list, value) -> {
                    list.add(value);
                    return list;
                },
                (left, right) -> {
                    left.addAll(right);
                    return left;
                });
        List<String> left = lists.mergeValue(lists.createCombiner("a"), "b");
        assertThat(lists.mergeCombiners(left, lists.createCombiner("c"))).containsExactly("a", "b", "c");
    }

    @Test
    void writesAPairAsSparkDoes() {
        assertThat(Pair.of("word", 3)).hasToString("(word,3)");
    }
}
