package io.raddle.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.Pair;
import io.raddle.proto.Operator;
import io.raddle.proto.StagePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProductTest {
    private final AtomicInteger opened = new AtomicInteger();

    /** Sources that bring together in memory. */
    private static final class InMemory implements Sources {
        @Override
        public Iterator<?> open(StagePlan plan, int index, Operator operator, int partition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterator<?> coGroup(List<Iterator<?>> inputs) {
            List<Object> values = new ArrayList<>();
            inputs.get(0).forEachRemaining(pair -> values.add(((Pair<?, ?>) pair).value()));
            return values.isEmpty()
                    ? Collections.emptyIterator()
                    : List.of(new Pair<>(true, new Iterable<?>[] {values})).iterator();
        }
    }

    private Product product(List<?> left, List<?> right) {
        return new Product(
                left.iterator(),
                () -> {
                    opened.incrementAndGet();
                    return right.iterator();
                },
                new InMemory());
    }

    @Test
    void givesForEachOfTheFirstAllOfTheSecondInOrder() {
        List<Object> pairs = new ArrayList<>();

        product(Arrays.asList("a", null), Arrays.asList(1, null, 3)).forEachRemaining(pairs::add);

        assertThat(pairs)
                .containsExactly(
                        Pair.of("a", 1),
                        new Pair<>("a", null),
                        Pair.of("a", 3),
                        new Pair<>(null, 1),
                        new Pair<>(null, null),
                        new Pair<>(null, 3));
        assertThat(opened).hasValue(1);
    }

    @Test
    void doesNotComputeTheSecondForNothing() {
        assertThat(product(List.of(), List.of(1, 2)).hasNext()).isFalse();
        assertThat(opened).hasValue(0);
    }

    @Test
    void endsWhereTheSecondIsEmpty() {
        Product product = product(List.of("a", "b"), List.of());

        assertThat(product.hasNext()).isFalse();
        assertThatThrownBy(product::next).isInstanceOf(NoSuchElementException.class);
    }
}
