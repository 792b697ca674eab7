package com.example;

import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.function.Function;
import io.raddle.shared.Accumulator;
import io.raddle.shared.Broadcast;
import io.raddle.shared.LongAccumulator;
import io.raddle.shared.TaskContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** What a program does with shared values. */
public final class SharedCode {
    /** Of this process, which executors of local mode share: how often listeners heard. */
    public static final AtomicInteger COMPLETIONS = new AtomicInteger();

    public static final AtomicInteger FAILURES = new AtomicInteger();

    private SharedCode() {}

    /** An accumulator of the program's own. */
    public static final class Words extends Accumulator<String, Set<String>> {
        private static final long serialVersionUID = 1;

        private final TreeSet<String> words = new TreeSet<>();

        @Override
        protected Accumulator<String, Set<String>> zero() {
            return new Words();
        }

        @Override
        protected Accumulator<String, Set<String>> copy() {
            Words copy = new Words();
            copy.words.addAll(words);
            return copy;
        }

        @Override
        public void add(String word) {
            words.add(word);
        }

        @Override
        protected void merge(Accumulator<String, Set<String>> other) {
            words.addAll(((Words) other).words);
        }

        @Override
        protected Set<String> current() {
            return new TreeSet<>(words);
        }
    }

    /** Adds, then fails in the first attempt of each task. */
    public static <T> Function<T, T> addingAndFailingOnce(LongAccumulator count) {
        return record -> {
            count.add(1);
            if (TaskContext.get().attemptNumber() == 0) {
                throw new IllegalStateException("the first attempt");
            }
            return record;
        };
    }

    /** Hears of the end of each task; first attempts fail. */
    public static <T> Function<T, T> listening() {
        return record -> {
            TaskContext task = TaskContext.get();
            task.addTaskCompletionListener(context -> COMPLETIONS.incrementAndGet());
            task.addTaskFailureListener(
                    (context, failure) -> FAILURES.addAndGet(failure instanceof IllegalStateException ? 1 : 100));
            if (task.attemptNumber() == 0) {
                throw new IllegalStateException("the first attempt");
            }
            return record;
        };
    }

    /** The broadcast is reachable through the function alone. */
    public static Rdd<Integer> mappedThroughBroadcast(Session session, Rdd<Integer> numbers, byte[] table) {
        Broadcast<byte[]> shared = session.broadcast(table);
        return numbers.map(each -> (int) shared.value()[each]);
    }
}
