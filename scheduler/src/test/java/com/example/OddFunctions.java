package com.example;

import io.raddle.function.Partitioner;
import io.raddle.function.SerializableComparator;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a program may bring that does not fit its data. */
public final class OddFunctions {
    /** How many records endless iterators have given. */
    public static final AtomicInteger GIVEN = new AtomicInteger();

    private OddFunctions() {}

    /** An order that meets a null in the JDK's own code, not in a line of the program's. */
    public static SerializableComparator<String> byText() {
        return String::compareTo;
    }

    /** An order that throws what the JDK's sort throws of an order that contradicts itself. */
    public static SerializableComparator<Integer> thrower() {
        return (left, right) -> {
            throw new IllegalArgumentException("no order for " + left);
        };
    }

    /** An order that says something else each time. */
    public static SerializableComparator<Integer> liar() {
        Random random = new Random(7);
        return (left, right) -> random.nextInt(3) - 1;
    }

    /** Records without end. */
    public static Iterator<Integer> endless() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return GIVEN.incrementAndGet() & 15;
            }
        };
    }

    /** Places arrays by what they hold, though they hash as the objects they are. */
    public record ByContent(int partitions) implements Partitioner {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(@Nullable Object key) {
            return Math.floorMod(Arrays.hashCode((byte[]) key), partitions);
        }
    }

    /** Places texts by their length, also one that is not there. */
    public record ByLength(int partitions) implements Partitioner {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(@Nullable Object key) {
            return String.valueOf(key).substring(5).length() % partitions;
        }
    }

    /** Cannot travel. */
    public record Connection(Thread socket) {}

    /** Holds what cannot travel. */
    public record Customer(String name, Connection connection) {}
}
