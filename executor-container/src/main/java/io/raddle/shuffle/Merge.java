package io.raddle.shuffle;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Merges sorted iterators into one; of equal elements, those of earlier iterators come first. Used by one thread. */
final class Merge<T> implements Iterator<T> {
    private final PriorityQueue<Head<T>> heads;
    private @Nullable Head<T> taken;

    private static final class Head<T> {
        private final Iterator<T> rest;
        private final int number;
        private T element;

        Head(Iterator<T> rest, int number) {
            this.rest = rest;
            this.number = number;
            element = rest.next();
        }
    }

    Merge(List<Iterator<T>> inputs, Comparator<? super T> order) {
        heads = new PriorityQueue<>(Math.max(1, inputs.size()), (left, right) -> {
            int compared = order.compare(left.element, right.element);
            return compared != 0 ? compared : Integer.compare(left.number, right.number);
        });
        for (int number = 0; number < inputs.size(); number++) {
            if (inputs.get(number).hasNext()) {
                heads.add(new Head<>(inputs.get(number), number));
            }
        }
    }

    @Override
    public boolean hasNext() {
        refill();
        return !heads.isEmpty();
    }

    /** The next element without taking it. */
    T peek() {
        refill();
        Head<T> head = heads.peek();
        if (head == null) {
            throw new NoSuchElementException();
        }
        return head.element;
    }

    @Override
    public T next() {
        refill();
        Head<T> head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        taken = head;
        return head.element;
    }

    /** Late, so that nothing is read before it is asked for. */
    private void refill() {
        Head<T> head = taken;
        if (head != null) {
            taken = null;
            if (head.rest.hasNext()) {
                head.element = head.rest.next();
                heads.add(head);
            }
        }
    }
}
